import { jsonOk, notFound } from '../answers.ts';
import type { IsapiAnswer } from '../endpoint.ts';
import type { JsonCall } from '../json-call.ts';
import { readJson, requireList, valueOf } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';
import { readFpid, readLibrary } from './face-request.ts';

/**
 * `FDSearch/Delete`: the library in the query, `{"FPID":[{"value":"1001"}]}` in the body. A face that is not there is
 * no error. DS-K1T341AMF refuses the body with statusCode 6.
 */
export function deleteFoundFaces({ request, terminal, traits }: JsonCall): IsapiAnswer {
  const body = readJson(request.body);
  if (traits.faceDelete !== 'fd-search-delete') throw new Refusal('badJsonContent', 'FPID');
  const FDID = readLibrary(fromQuery(request.query), terminal.faces);
  const numbers = requireList(body, 'FPID', traits.deleteListMax).map((entry) =>
    readFpid(valueOf(entry, 'value') ?? '', traits),
  );
  if (terminal.hold.occupation) throw new Refusal('deviceBusy');
  for (const FPID of numbers) terminal.faces.remove(FPID, FDID);
  return jsonOk();
}

/** `FDDelete` of DS-K1T341AMF: library and FPID in the body; a face that is not there is statusCode 4. */
export function deleteFace({ request, terminal, traits }: JsonCall): IsapiAnswer {
  if (traits.faceDelete !== 'fd-delete') return notFound(traits);
  const body = readJson(request.body);
  const FDID = readLibrary(body, terminal.faces);
  const FPID = readFpid(valueOf(body, 'FPID'), traits);
  if (terminal.hold.occupation) throw new Refusal('deviceBusy');
  if (!terminal.faces.remove(FPID, FDID)) throw new Refusal('faceDataNotExist', 'FPID');
  return jsonOk();
}

function fromQuery(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(query);
}
