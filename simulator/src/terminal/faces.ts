import { createHash } from 'node:crypto';
import { ChunkedList } from './chunked-list.ts';
import { IdMap } from './id-map.ts';

export interface Face {
  readonly FDID: string;
  /** The person's employeeNo. */
  readonly FPID: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** `url` with its address, `upload`, `seeded` or `captured`. */
  readonly origin: string;
  /** Names the stored picture; kept when the face is replaced. */
  readonly pictureNo: number;
  /** Changes with every picture: links with an older one are stale. */
  readonly revision: number;
}

export interface FaceData {
  /** Null: a face nobody has a picture of, as of a person enrolled at the terminal itself. */
  sha256: string | null;
  sizeBytes: number;
  origin: string;
}

export interface FaceLibrary {
  readonly FDID: string;
  readonly faceLibType: string;
  name: string;
  customInfo: string;
}

export interface FacesSnapshot {
  libraries: FaceLibrary[];
  faces: Face[];
  pictureNo: number;
  revision: number;
}

class StoredFace implements Face {
  readonly FDID: string;
  readonly FPID: string;
  readonly pictureNo: number;
  #sha256: string | null;
  sizeBytes: number;
  origin: string;
  revision: number;

  constructor(FDID: string, FPID: string, pictureNo: number, revision: number, data: FaceData) {
    this.FDID = FDID;
    this.FPID = FPID;
    this.pictureNo = pictureNo;
    this.revision = revision;
    this.#sha256 = data.sha256;
    this.sizeBytes = data.sizeBytes;
    this.origin = data.origin;
  }

  get sha256(): string {
    this.#sha256 ??= createHash('sha256').update(`face of ${this.FPID}`).digest('hex');
    return this.#sha256;
  }

  /** Null while nobody asked for the fingerprint of a face without a picture. */
  get pictureSha256(): string | null {
    return this.sizeBytes === 0 ? null : this.#sha256;
  }

  replace(data: FaceData, revision: number): void {
    this.#sha256 = data.sha256;
    this.sizeBytes = data.sizeBytes;
    this.origin = data.origin;
    this.revision = revision;
  }
}

interface Shelf {
  library: FaceLibrary;
  byId: IdMap<StoredFace>;
  /** By SHA-256, without the faces nobody has a picture of. */
  byPicture: IdMap<StoredFace>;
  order: ChunkedList<StoredFace>;
}

/** Number of libraries beside the built-in ones is the caller's limit; this one only keeps memory bounded. */
const MAX_LIBRARIES = 16;

/** The face libraries of a terminal. FDID 1 is blackFD, the library that opens doors in spite of its name. */
export class Faces {
  readonly #builtIn: readonly FaceLibrary[];
  #shelves = new Map<string, Shelf>();
  #pictureNo = 0;
  #revision = 0;

  constructor(options: { infraredLibrary: boolean }) {
    this.#builtIn = [
      { FDID: '1', faceLibType: 'blackFD', name: '', customInfo: '' },
      ...(options.infraredLibrary
        ? [{ FDID: '2', faceLibType: 'infraredFD', name: '', customInfo: '' }]
        : []),
    ];
    this.clear();
  }

  /** Faces of the access library. */
  get size(): number {
    return this.count('1');
  }

  count(FDID: string): number {
    return this.#shelves.get(FDID)?.byId.size ?? 0;
  }

  libraries(): FaceLibrary[] {
    return Array.from(this.#shelves.values(), (shelf) => shelf.library);
  }

  library(FDID: string): FaceLibrary | undefined {
    return this.#shelves.get(FDID)?.library;
  }

  /** Adds an empty library and gives its FDID; null when there are too many. */
  createLibrary(faceLibType: string, name: string, customInfo: string): string | null {
    if (this.#shelves.size >= MAX_LIBRARIES) return null;
    let number = 3;
    while (this.#shelves.has(String(number))) number += 1;
    this.#addShelf({ FDID: String(number), faceLibType, name, customInfo });
    return String(number);
  }

  /** Built-in libraries are emptied, others are gone. False when there is no such library. */
  deleteLibrary(FDID: string): boolean {
    const shelf = this.#shelves.get(FDID);
    if (!shelf) return false;
    for (const face of [...shelf.order]) this.remove(face.FPID, FDID);
    if (!this.#builtIn.some((library) => library.FDID === FDID)) this.#shelves.delete(FDID);
    return true;
  }

  has(FPID: string, FDID = '1'): boolean {
    return this.#shelves.get(FDID)?.byId.has(FPID) ?? false;
  }

  get(FPID: string, FDID = '1'): Face | undefined {
    return this.#shelves.get(FDID)?.byId.get(FPID);
  }

  /** The face whose stored picture has this number, whichever library it is in. */
  byPictureNo(pictureNo: number): Face | undefined {
    for (const { order } of this.#shelves.values()) {
      const face = order.find((other) => other.pictureNo - pictureNo);
      if (face) return face;
    }
    return undefined;
  }

  /** The face of another person with this very picture. */
  twinOf(sha256: string, FPID: string, FDID = '1'): Face | undefined {
    const face = this.#shelves.get(FDID)?.byPicture.get(sha256);
    return face && face.FPID !== FPID ? face : undefined;
  }

  /** Adds or replaces the face of a person. Throws for a library that is not there. */
  set(FPID: string, data: FaceData, FDID = '1'): Face {
    const shelf = this.#shelves.get(FDID);
    if (!shelf) throw new Error(`This terminal has no face library ${FDID}; create it first.`);
    this.#revision += 1;
    let face = shelf.byId.get(FPID);
    if (face) {
      forgetPicture(shelf, face);
      face.replace(data, this.#revision);
    } else {
      this.#pictureNo += 1;
      face = new StoredFace(FDID, FPID, this.#pictureNo, this.#revision, data);
      shelf.byId.set(FPID, face);
      shelf.order.add(face);
    }
    const { pictureSha256 } = face;
    if (pictureSha256 !== null && !shelf.byPicture.has(pictureSha256))
      shelf.byPicture.set(pictureSha256, face);
    return face;
  }

  remove(FPID: string, FDID = '1'): boolean {
    const shelf = this.#shelves.get(FDID);
    const face = shelf?.byId.get(FPID);
    if (!shelf || !face) return false;
    shelf.byId.delete(FPID);
    forgetPicture(shelf, face);
    return shelf.order.remove(face, (other) => other.pictureNo < face.pictureNo);
  }

  /** The faces of a person in every library: they die with the person. */
  removePerson(FPID: string): void {
    for (const FDID of this.#shelves.keys()) this.remove(FPID, FDID);
  }

  /** At most `count` faces of a library from `position`, in order of arrival. */
  page(FDID: string, position: number, count: number): Face[] {
    return this.#shelves.get(FDID)?.order.page(position, count) ?? [];
  }

  /** All faces of the access library. */
  *[Symbol.iterator](): Generator<Face> {
    yield* this.#shelves.get('1')?.order ?? [];
  }

  clear(): void {
    this.#shelves.clear();
    for (const library of this.#builtIn) this.#addShelf({ ...library });
  }

  snapshot(): FacesSnapshot {
    const faces: Face[] = [];
    for (const { order } of this.#shelves.values())
      for (const { FDID, FPID, sha256, sizeBytes, origin, pictureNo, revision } of order)
        faces.push({ FDID, FPID, sha256, sizeBytes, origin, pictureNo, revision });
    return {
      libraries: this.libraries().map((library) => ({ ...library })),
      faces,
      pictureNo: this.#pictureNo,
      revision: this.#revision,
    };
  }

  restore(snapshot: FacesSnapshot): void {
    this.clear();
    for (const library of snapshot.libraries) {
      const known = this.#shelves.get(library.FDID);
      if (known) Object.assign(known.library, library);
      else this.#addShelf({ ...library });
    }
    for (const face of snapshot.faces) {
      this.#pictureNo = face.pictureNo - 1;
      this.#revision = face.revision - 1;
      this.set(face.FPID, face, face.FDID);
    }
    this.#pictureNo = snapshot.pictureNo;
    this.#revision = snapshot.revision;
  }

  #addShelf(library: FaceLibrary): void {
    this.#shelves.set(library.FDID, {
      library,
      byId: new IdMap(),
      byPicture: new IdMap(),
      order: new ChunkedList(),
    });
  }
}

/** The picture no longer counts as this person's. A twin that was let in by trait is not looked for again. */
function forgetPicture(shelf: Shelf, face: StoredFace): void {
  const { pictureSha256 } = face;
  if (pictureSha256 !== null && shelf.byPicture.get(pictureSha256) === face)
    shelf.byPicture.delete(pictureSha256);
}
