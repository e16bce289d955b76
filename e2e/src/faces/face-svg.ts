/** Small deterministic number generator: a face is a function of its seed. */
function numbersFrom(seed: number): (low: number, high: number) => number {
  // Mixed twice, because neighbouring seeds would else begin with nearly equal numbers.
  let state = Math.imul(seed ^ 0x5bd1e995, 2654435761) >>> 0;
  state = Math.imul(state ^ (state >>> 15), 2246822519) >>> 0;
  return (low, high) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + (state / 2 ** 32) * (high - low);
  };
}

const SKIN = ['#f1c9a5', '#e0ac84', '#c68b5f', '#a96f47', '#f5d6bd'];
const HAIR = ['#2b1d14', '#4a3222', '#6d4a2d', '#8c8c8c', '#c9a066', '#1b1b1b'];
const SHIRT = ['#f28c28', '#2f6f9f', '#3b7d4f', '#8a3b3b', '#50506a'];

/**
 * A drawn face, 480 × 640, differing by seed in skin, hair, shape, eyes and clothes: nobody's photo, so that tests and
 * demonstrations need no personal data.
 */
export function faceSvg(seed: number): string {
  const between = numbersFrom(seed + 1);
  const pick = (list: string[]) => list[Math.floor(between(0, list.length))] ?? '#000';
  const skin = pick(SKIN);
  const hair = pick(HAIR);
  const headWidth = between(108, 132);
  const headHeight = between(142, 168);
  const eyeGap = between(44, 58);
  const eyeY = between(286, 304);
  const mouthWidth = between(36, 58);
  const mouthCurve = between(4, 20);
  const noseLength = between(34, 52);
  const hairline = between(60, 96);
  const iris = pick(['#3a2a1a', '#31557a', '#4d6b3c', '#241a12']);
  const eye = (x: number) => `
    <ellipse cx="${x}" cy="${eyeY}" rx="19" ry="11" fill="#fff"/>
    <circle cx="${x}" cy="${eyeY}" r="9" fill="${iris}"/>
    <circle cx="${x + 3}" cy="${eyeY - 3}" r="3" fill="#fff"/>
    <path d="M${x - 24} ${eyeY - 24} q24 ${-between(6, 14)} 48 0" stroke="${hair}" stroke-width="8" fill="none"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="640" viewBox="0 0 480 640">
  <defs><linearGradient id="wall" x1="0" y1="0" x2="0.3" y2="1">
    <stop offset="0" stop-color="#e8edf2"/><stop offset="1" stop-color="#b9c4cf"/></linearGradient></defs>
  <rect width="480" height="640" fill="url(#wall)"/>
  <path d="M60 640 q20 -150 180 -150 t180 150 z" fill="${pick(SHIRT)}"/>
  <rect x="204" y="420" width="72" height="90" rx="30" fill="${skin}"/>
  <ellipse cx="240" cy="${310 - hairline / 3}" rx="${headWidth + 14}" ry="${headHeight + 6}" fill="${hair}"/>
  <ellipse cx="240" cy="320" rx="${headWidth}" ry="${headHeight}" fill="${skin}"/>
  <path d="M${240 - headWidth} 270 q${headWidth} ${-hairline} ${2 * headWidth} 0 v-40 q${-headWidth} -170 ${-2 * headWidth} 0 z" fill="${hair}"/>
  ${eye(240 - eyeGap)}${eye(240 + eyeGap)}
  <path d="M240 ${eyeY + 12} l-14 ${noseLength} q14 12 28 0" stroke="#0003" stroke-width="5" fill="none"/>
  <path d="M${240 - mouthWidth} 400 q${mouthWidth} ${mouthCurve} ${2 * mouthWidth} 0" stroke="#8a3030" stroke-width="8" fill="none" stroke-linecap="round"/>
</svg>`;
}
