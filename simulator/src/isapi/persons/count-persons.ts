import { jsonAnswer } from '../answers.ts';
import type { IsapiAnswer } from '../endpoint.ts';
import type { JsonCall } from '../json-call.ts';

/** How many persons there are and, on newer models, how many have a face or a card. */
export function countPersons({ terminal, traits }: JsonCall): IsapiAnswer {
  const userNumber = terminal.persons.size;
  if (traits.personCountDetail === 'user-number-only') return jsonAnswer({ UserInfoCount: { userNumber } });
  return jsonAnswer({
    UserInfoCount: {
      userNumber,
      bindFaceUserNumber: terminal.faces.size,
      bindFingerprintUserNumber: 0,
      bindCardUserNumber: terminal.cards.holders,
      bindRemoteControlNumber: 0,
    },
  });
}
