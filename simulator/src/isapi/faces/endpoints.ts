import { notFound } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';
import { deleteFace, deleteFoundFaces } from './delete-faces.ts';
import { countFaces, createLibrary, deleteLibraries, faceCapabilities, listLibraries } from './libraries.ts';
import { searchFaces } from './search-faces.ts';
import { modifyFace, recordFace, setUpFace } from './write-face.ts';

const LIBRARY = '/ISAPI/Intelligent/FDLib';

/** A call of the face library: 404 on a device that has none, whatever its capabilities say [K1A340]. */
function faceCall(...[handle]: Parameters<typeof jsonCall>): Endpoint['handle'] {
  const call = jsonCall(handle);
  return (request, context, params) =>
    context.terminal.traits.faceLibrary ? call(request, context, params) : notFound(context.terminal.traits);
}

export const endpoints: Endpoint[] = [
  { name: 'face-record', method: 'POST', path: `${LIBRARY}/FaceDataRecord`, handle: faceCall(recordFace) },
  { name: 'face-setup', method: 'PUT', path: `${LIBRARY}/FDSetUp`, handle: faceCall(setUpFace) },
  { name: 'face-modify', method: 'PUT', path: `${LIBRARY}/FDModify`, handle: faceCall(modifyFace) },
  {
    name: 'face-search',
    method: 'POST',
    path: `${LIBRARY}/FDSearch`,
    privilege: 'read',
    handle: faceCall(searchFaces),
  },
  {
    name: 'face-search-delete',
    method: 'PUT',
    path: `${LIBRARY}/FDSearch/Delete`,
    handle: faceCall(deleteFoundFaces),
  },
  { name: 'face-delete', method: 'PUT', path: `${LIBRARY}/FDDelete`, handle: faceCall(deleteFace) },
  { name: 'face-library-list', method: 'GET', path: LIBRARY, handle: faceCall(listLibraries) },
  { name: 'face-library-create', method: 'POST', path: LIBRARY, handle: faceCall(createLibrary) },
  { name: 'face-library-delete', method: 'DELETE', path: LIBRARY, handle: faceCall(deleteLibraries) },
  { name: 'face-count', method: 'GET', path: `${LIBRARY}/Count`, handle: faceCall(countFaces) },
  {
    name: 'face-capabilities',
    method: 'GET',
    path: `${LIBRARY}/capabilities`,
    handle: faceCall(faceCapabilities),
  },
];
