import type { PictureSubject } from '../../terminal/pictures.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { standInFace } from './stand-in-face.ts';

/**
 * The picture behind a resolved address; undefined when it is gone. The picture a client wrote is given back as it was
 * while its bytes are kept; for persons enrolled at the terminal, events and captures a drawn face stands in.
 */
export async function pictureBytes(terminal: Terminal, subject: PictureSubject): Promise<Buffer | undefined> {
  switch (subject.kind) {
    case 'face': {
      const face = terminal.faces.byPictureNo(subject.pictureNo);
      if (face?.revision !== subject.revision) return undefined;
      return terminal.photos.bytes(face.sha256) ?? standInFace(`face ${face.sha256}`);
    }
    case 'event':
      return eventPicture(terminal, subject);
    case 'capture':
      return standInFace(`capture ${terminal.identity.serialNumber} ${subject.number}`);
  }
}

/** What the camera saw when an event happened: here the enrolled face of whoever stood there. */
export async function eventPicture(
  terminal: Terminal,
  event: { serialNo: number; of: string | null },
): Promise<Buffer> {
  const face = event.of === null ? undefined : terminal.faces.get(event.of);
  const bytes = face && terminal.photos.bytes(face.sha256);
  return bytes ?? standInFace(face ? `face ${face.sha256}` : `event ${event.serialNo}`);
}
