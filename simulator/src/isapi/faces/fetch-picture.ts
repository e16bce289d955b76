import type { JsonCall } from '../json-call.ts';
import { requireString } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';
import { pictureBytes } from '../pictures/picture-bytes.ts';
import type { PictureSource } from './face-request.ts';

/** The bytes of a face write and how they came. Downloads the URL when there is one. */
export async function fetchPicture(
  call: JsonCall,
  source: PictureSource,
): Promise<{ bytes: Buffer; origin: string }> {
  if (source.kind === 'upload') return { bytes: source.bytes, origin: 'upload' };
  const { context, traits, request } = call;
  const url = checkUrl(requireString(source.body, 'faceURL'), traits.faceUrlMaxLength);
  const failure = context.conditions?.downloadFailure;
  const failed = (why: string) =>
    new Refusal(
      failure?.subStatusCode ?? traits.downloadFailureCode,
      'faceURL',
      `the picture was not fetched: ${why}`,
    );
  if (failure) throw failed('a fault');
  const own = await ownPicture(call, url);
  if (own) return { bytes: own, origin: 'captured' };
  if (url.origin === request.origin) throw failed('no picture of this terminal, or a stale address');
  if (traits.faceUrls === 'own-only') throw failed('this model fetches from itself alone (faceUrls)');
  const download = await context.download(url.href);
  if (!download.ok) throw failed(download.why);
  return { bytes: download.bytes, origin: `url ${url.href}` };
}

/** Base64, `data:` and everything else that is no http address is badJsonContent [K1T343]. */
function checkUrl(text: string, maxLength: number): URL {
  if (text === '') throw new Refusal('faceURLIsEmpty', 'faceURL');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (text.length > maxLength || !url || !/^https?:$/.test(url.protocol))
    throw new Refusal('badJsonContent', 'faceURL');
  return url;
}

/** The picture of one of this terminal's own addresses, which it need not fetch. */
async function ownPicture({ terminal, request }: JsonCall, url: URL): Promise<Buffer | undefined> {
  if (url.origin !== request.origin) return undefined;
  const subject = terminal.pictures.resolve(url.pathname);
  return subject && pictureBytes(terminal, subject);
}
