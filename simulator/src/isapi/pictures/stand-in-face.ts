import { createHash } from 'node:crypto';

const WIDTH_PX = 480;
const HEIGHT_PX = 640;
const JPEG_QUALITY = 70;
/** Drawn faces kept; an older one is drawn anew, with the same bytes. */
const MAX_KEPT = 32;

const kept = new Map<string, Promise<Buffer>>();

/**
 * A drawn face for a picture whose bytes nobody has: another one for each key, the same each time. Nobody's likeness.
 * A baseline JPEG of the kind terminals take.
 */
export function standInFace(key: string): Promise<Buffer> {
  const known = kept.get(key);
  if (known) return known;
  const drawn = draw(key);
  kept.set(key, drawn);
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEPT) break;
    kept.delete(oldest);
  }
  return drawn;
}

async function draw(key: string): Promise<Buffer> {
  // Loaded with the first picture: a fleet that shows none starts without it.
  const { default: sharp } = await import('sharp');
  const digest = createHash('sha256').update(key).digest();
  const share = (index: number) => (digest[index] ?? 0) / 255;
  const skin = `hsl(${Math.round(15 + share(0) * 25)},${Math.round(30 + share(1) * 30)}%,${Math.round(45 + share(2) * 35)}%)`;
  const wall = `hsl(${Math.round(share(3) * 360)},20%,${Math.round(25 + share(4) * 50)}%)`;
  const eyes = Math.round(40 + share(5) * 30);
  const mouth = Math.round(30 + share(6) * 40);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH_PX}" height="${HEIGHT_PX}">
<rect width="100%" height="100%" fill="${wall}"/>
<ellipse cx="240" cy="620" rx="200" ry="120" fill="#334"/>
<ellipse cx="240" cy="300" rx="${Math.round(120 + share(7) * 30)}" ry="180" fill="${skin}"/>
<circle cx="${240 - eyes}" cy="260" r="14" fill="#222"/><circle cx="${240 + eyes}" cy="260" r="14" fill="#222"/>
<path d="M${240 - mouth} 380 q${mouth} 40 ${mouth * 2} 0" stroke="#622" stroke-width="10" fill="none"/>
</svg>`;
  return sharp(Buffer.from(svg))
    .jpeg({ quality: JPEG_QUALITY, progressive: false, chromaSubsampling: '4:2:0' })
    .toBuffer();
}
