import { RecentMap } from './recent-map.ts';

/** What a picture under `/LOCALS/pic` shows. */
export type PictureSubject =
  /** Shows nothing any more once the face has another revision. */
  | { kind: 'face'; pictureNo: number; revision: number }
  /** Taken at the door when event `serialNo` happened; `of` is null for a stranger. */
  | { kind: 'event'; serialNo: number; of: string | null }
  /** The last picture of `CaptureFaceData`; every capture is a new one. */
  | { kind: 'capture'; number: number };

export interface PicturesSnapshot {
  lastToken: number;
  captures: number;
}

/** Of events and captures at least so many of the latest links are alive, at most twice as many (assumed). */
export const MAX_LINKS = 512;
const TOKEN_DIGITS = 12;
const PICTURE_DIGITS = 10;
const FACE_PATH = /^\/LOCALS\/pic\/enrlFace\/0\/(\d{10,15})\.jpg$/;
const CAPTURE_PATH = '/LOCALS/pic/web_face_enrollpic.jpg';

/**
 * The addresses a terminal gives its pictures: a path and a suffix such as `@WEB000000000029`. A suffix goes stale when
 * its picture is replaced or removed and after a reboot, of events and captures also when many others were given out
 * since; the address then answers 404 with an HTML page [observed], though when exactly is assumed.
 *
 * Faces are too many to remember a link of each: their suffix follows from how often any face was written.
 */
export class Pictures {
  #links: RecentMap<{ token: number; subject: PictureSubject }> | null = null;
  #lastToken = 0;
  /** Suffixes of faces begin after this one. */
  #faceTokens = 0;
  #captures = 0;

  /** Path with suffix of a person's enrolled face; another suffix than before when the face was replaced. */
  linkFace(face: { pictureNo: number; revision: number }): string {
    const token = this.#faceTokens + face.revision;
    this.#lastToken = Math.max(this.#lastToken, token);
    const name = String(face.pictureNo).padStart(PICTURE_DIGITS, '0');
    return `/LOCALS/pic/enrlFace/0/${name}.jpg@WEB${tokenText(token)}`;
  }

  /** Path with suffix of an event's picture. `wallClock` is when it was taken: `2025-08-24T17:37:02`. */
  linkEvent(event: { serialNo: number; of: string | null; wallClock: string }): string {
    const [date = '', time = ''] = event.wallClock.split('T');
    const [year = '', month = '', day = ''] = date.split('-');
    const stem = `${day}_${time.replaceAll(':', '')}_30075_${event.serialNo}`;
    const path = `/LOCALS/pic/acsLinkCap/${year}${month}_00/${stem}.jpeg`;
    return this.#link(path, { kind: 'event', serialNo: event.serialNo, of: event.of });
  }

  /** Path with suffix of a new picture taken on request; the one before goes stale. */
  linkCapture(): string {
    this.#captures += 1;
    this.#links?.delete(CAPTURE_PATH);
    return this.#link(CAPTURE_PATH, { kind: 'capture', number: this.#captures });
  }

  /** What a path with suffix shows; undefined when it is stale or none of ours. */
  resolve(pathWithToken: string): PictureSubject | undefined {
    const at = pathWithToken.lastIndexOf('@WEB');
    if (at < 0) return undefined;
    const path = pathWithToken.slice(0, at);
    const suffix = pathWithToken.slice(at + 4);
    const pictureNo = FACE_PATH.exec(path)?.[1];
    if (pictureNo !== undefined) {
      const token = Number(suffix);
      if (tokenText(token) !== suffix || token <= this.#faceTokens) return undefined;
      return { kind: 'face', pictureNo: Number(pictureNo), revision: token - this.#faceTokens };
    }
    const link = this.#links?.get(path);
    return link && suffix === tokenText(link.token) ? link.subject : undefined;
  }

  /** After a reboot every address is stale. */
  dropLinks(): void {
    this.#links = null;
    this.#faceTokens = this.#lastToken;
  }

  snapshot(): PicturesSnapshot {
    return { lastToken: this.#lastToken, captures: this.#captures };
  }

  restore(snapshot: PicturesSnapshot): void {
    this.#lastToken = snapshot.lastToken;
    this.dropLinks();
    this.#captures = snapshot.captures;
  }

  clear(): void {
    this.dropLinks();
  }

  #link(path: string, subject: PictureSubject): string {
    this.#links ??= new RecentMap(MAX_LINKS);
    const known = this.#links.get(path);
    if (!known) this.#lastToken += 1;
    const link = known ?? { token: this.#lastToken, subject };
    this.#links.set(path, link);
    return `${path}@WEB${tokenText(link.token)}`;
  }
}

function tokenText(token: number): string {
  return String(token).padStart(TOKEN_DIGITS, '0');
}
