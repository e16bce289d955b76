import { XML_TYPE, xmlAnswer, xmlStatus } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { pictureBytes } from '../pictures/picture-bytes.ts';
import { Refusal } from '../refusal.ts';
import { xmlCall } from '../xml-call.ts';
import { readXml, requireChoice } from '../xml-fields.ts';

const BOUNDARY = 'MIME_boundary';

/**
 * A picture of whoever stands before the terminal: here a drawn face, another one each time. Taking it lasts as long as
 * modelling and holds the device; a second capture meanwhile is busy, HTTP 400 with errorMsg `dataType` [observed].
 */
export const captureFaceEndpoints: Endpoint[] = [
  {
    name: 'capture-face',
    method: 'POST',
    path: '/ISAPI/AccessControl/CaptureFaceData',
    handle: xmlCall(async ({ request, context, terminal, traits }) => {
      if (request.body.toString('latin1', 0, 64).trimStart().startsWith('{'))
        throw new Refusal('badParameters');
      const condition = readXml(request.body, 'CaptureFaceDataCond');
      // Assumed: a unit that does only one form says of the other what it says of any wrong value.
      const dataType = requireChoice(condition, 'dataType', traits.captureDataTypes);
      if (terminal.hold.occupation) return xmlStatus(traits, 'deviceBusy', { errorMsg: 'dataType' });
      const path = await terminal.hold.during('modelling', async (signal) => {
        await context.clock.sleep(traits.modellingMinMs, signal);
        return terminal.pictures.linkCapture();
      });
      if (path === null) throw new Refusal('deviceError');
      if (dataType === 'url')
        return xmlAnswer(traits, 'CaptureFaceData', {
          faceDataUrl: `${request.origin}${path}`,
          captureProgress: 100,
        });
      const subject = terminal.pictures.resolve(path);
      const picture = subject && (await pictureBytes(terminal, subject));
      if (!picture) throw new Refusal('deviceError');
      const document = xmlAnswer(traits, 'CaptureFaceData', { captureProgress: 100 }).body;
      return {
        kind: 'answer',
        status: 200,
        contentType: `multipart/form-data; boundary=${BOUNDARY}`,
        body: Buffer.concat([
          Buffer.from(
            `--${BOUNDARY}\r\nContent-Disposition: form-data; name="CaptureFaceData"\r\n` +
              `Content-Type: ${XML_TYPE}\r\nContent-Length: ${Buffer.byteLength(document)}\r\n\r\n${document.toString()}\r\n`,
          ),
          Buffer.from(
            `--${BOUNDARY}\r\nContent-Disposition: form-data; name="FaceData"; filename="FaceData.jpg"\r\n` +
              `Content-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`,
          ),
          picture,
          Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
        ]),
      };
    }),
  },
];
