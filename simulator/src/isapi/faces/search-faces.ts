import { jsonOk, notFound } from '../answers.ts';
import type { IsapiAnswer } from '../endpoint.ts';
import type { JsonCall } from '../json-call.ts';
import { readJson, valueOf } from '../json-fields.ts';
import { pageStatus, readPage } from '../search-page.ts';
import { readFpid, readLibrary } from './face-request.ts';

/** The faces of a library, or the one of a person: `totalMatches` above 0 means it really is there. */
export function searchFaces({ request, terminal, traits }: JsonCall): IsapiAnswer {
  if (traits.faceSearch === 'not-found') return notFound(traits);
  const condition = readJson(request.body);
  const FDID = readLibrary(condition, terminal.faces);
  const page = readPage(condition, traits);
  const wanted = valueOf(condition, 'FPID') ?? '';
  const FPID = wanted === '' ? '' : readFpid(wanted, traits);
  const { faces } = terminal;
  const one = faces.get(FPID, FDID);
  const total = FPID === '' ? faces.count(FDID) : one ? 1 : 0;
  const found =
    FPID === '' ? faces.page(FDID, page.position, page.count) : one && page.position === 0 ? [one] : [];
  const MatchList = found.map((face) => ({
    FPID: face.FPID,
    faceURL: `${request.origin}${terminal.pictures.linkFace(face)}`,
  }));
  return jsonOk({
    ...pageStatus(page.position, found.length, total, traits),
    ...(MatchList.length === 0 ? {} : { MatchList }),
  });
}
