import type { FaceImage } from '../isapi/device-client.ts';
import type { FaceDelivery } from '../model/device.ts';
import type { ItemError } from '../model/run.ts';
import type { EngineOptions } from './options.ts';
import type { PhotoSource } from './photo-source.ts';

type ImageOrError = { ok: true; image: FaceImage } | { ok: false; error: ItemError };

/** How faces get to one device: by URL, or sent. */
export interface FaceImages {
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
  return {
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
      const prepared = await photos.fetchAndPrepare(url, { signal });
      return prepared.ok
        ? { ok: true, image: { delivery: 'upload', jpeg: prepared.jpeg } }
        : { ok: false, error: { code: prepared.code, message: prepared.message } };
    },
    downloadFailed() {
      if (delivery !== 'auto' || way === 'upload' || photos === null) return false;
      way = 'upload';
      remember('upload');
      return true;
    },
    async explain(url) {
      if (way === 'upload' || photos === null) return '';
      const prepared = await photos.fetchAndPrepare(url, { signal });
      const said = prepared.ok ? prepared.findings.join('; ') : prepared.message;
      return said === '' ? '' : ` The photo: ${said}.`.replace(/\.\.$/, '.');
    },
    async examine(url) {
      if (photos === null) return null;
      const prepared = await photos.fetchAndPrepare(url, { signal });
      return prepared.ok ? null : { code: prepared.code, message: prepared.message };
    },
  };
}
