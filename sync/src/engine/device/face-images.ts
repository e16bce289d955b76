import type { FaceImage } from '../../isapi/device-client.ts';
import type { FaceDelivery } from '../../model/device.ts';
import type { ItemError } from '../../model/run.ts';
import type { EngineOptions } from '../options.ts';
import type { PhotoSource } from './photo-source.ts';

type ImageOrError = { ok: true; image: FaceImage } | { ok: false; error: ItemError };

/** How faces get to one device: by URL, or sent. */
export interface FaceImages {
  /** When the run that is served now was asked for: what was learned of a photo before does not count. Set per pair. */
  askedAtMs: number;
  imageOf(url: string): Promise<ImageOrError>;
  /** The device could not download: true when from now on photos are sent, so that another try makes sense. */
  downloadFailed(): boolean;
  /** What is wrong with the photo as it is stored, to add to a refusal; empty when nothing is known. */
  explain(url: string): Promise<string>;
  /** Whether the photo can be had and is one, as far as the daemon can tell; null: yes. */
  examine(url: string): Promise<ItemError | null>;
}

export function createFaceImages(parts: {
  delivery: EngineOptions['faceDelivery'];
  /** What the device is known to need. */
  remembered: FaceDelivery | null;
  photos: PhotoSource | null;
  remember: (delivery: FaceDelivery) => void;
  signal: AbortSignal;
}): FaceImages {
  const { delivery, photos, remember, signal } = parts;
  let way: FaceDelivery = delivery === 'auto' ? (parts.remembered ?? 'url') : delivery;
  const prepared = (source: PhotoSource, url: string) =>
    source.fetchAndPrepare(url, { askedAtMs: images.askedAtMs, signal });

  const images: FaceImages = {
    askedAtMs: -Infinity,
    async imageOf(url) {
      if (way === 'url') return { ok: true, image: { delivery: 'url', url } };
      if (photos === null)
        return {
          ok: false,
          error: {
            code: 'photo_unavailable',
            message: 'Photos are to be sent, but this engine has no photo source. Set FACE_DELIVERY=url.',
          },
        };
      const photo = await prepared(photos, url);
      return photo.ok
        ? { ok: true, image: { delivery: 'upload', jpeg: photo.jpeg } }
        : { ok: false, error: { code: photo.code, message: photo.message } };
    },
    downloadFailed() {
      if (delivery !== 'auto' || way === 'upload' || photos === null) return false;
      way = 'upload';
      remember('upload');
      return true;
    },
    async explain(url) {
      if (way === 'upload' || photos === null) return '';
      const photo = await prepared(photos, url);
      const said = photo.ok ? photo.findings.join('; ') : photo.message;
      return said === '' ? '' : ` The photo: ${said}.`.replace(/\.\.$/, '.');
    },
    async examine(url) {
      if (photos === null) return null;
      const photo = await prepared(photos, url);
      return photo.ok ? null : { code: photo.code, message: photo.message };
    },
  };
  return images;
}
