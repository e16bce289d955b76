import type { Endpoint, IsapiAnswer, IsapiRequest, EndpointContext } from '../endpoint.ts';
import { escapeXml } from '../xml.ts';
import { pictureBytes } from './picture-bytes.ts';

/** A stale or unknown address is answered with a page, not with XML [observed]. */
function cannotLocate(path: string): IsapiAnswer {
  const body = `<!DOCTYPE html>
<html><head><title>Document Error: Not Found</title></head>
<body><h2>Access Error: 404 -- Not Found</h2>
<p>Can't locate document: ${escapeXml(path)}</p></body></html>
`;
  return { kind: 'answer', status: 404, contentType: 'text/html', body };
}

async function picture(request: IsapiRequest, { terminal }: EndpointContext): Promise<IsapiAnswer> {
  const subject = terminal.pictures.resolve(request.path);
  const body = subject && (await pictureBytes(terminal, subject));
  return body ? { kind: 'answer', status: 200, contentType: 'image/jpeg', body } : cannotLocate(request.path);
}

/** Stored pictures, behind digest like everything else. */
export const endpoints: Endpoint[] = [
  {
    name: 'picture-enrolled-face',
    method: 'GET',
    path: '/LOCALS/pic/enrlFace/{shelf}/{file}',
    handle: picture,
  },
  { name: 'picture-event', method: 'GET', path: '/LOCALS/pic/acsLinkCap/{folder}/{file}', handle: picture },
  { name: 'picture-capture', method: 'GET', path: '/LOCALS/pic/{file}', handle: picture },
];
