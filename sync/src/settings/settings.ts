import { z } from 'zod';
import { optional, required, withDefault } from './setting.ts';
import { deviceTime, flag, httpUrl, isOrigin, list, oneOf, wholeNumber } from './value-kinds.ts';

const milliseconds = (min: number, max: number) => `a whole number of milliseconds from ${min} to ${max}`;

/** Every environment variable of the daemon. `config.ts` reads them; nothing else does. */
export const settings = {
  SUPABASE_URL: required(httpUrl(), {
    expects: 'an http(s) URL, for example https://abcd.supabase.co',
    help: 'Where Supabase answers: hosted, local stack or the embedded one.',
  }),
  SUPABASE_SECRET_KEY: required(
    z
      .string()
      .min(10, 'it is too short to be a key')
      .refine((key) => !key.startsWith('sb_publishable_'), 'it is the publishable key, which may not write'),
    {
      expects: 'the secret key (sb_secret_…) or the older service_role key of the project',
      help: 'Lets the daemon read and write the tables. Keep it on the server.',
      secret: true,
      aliases: ['SUPABASE_SERVICE_ROLE_KEY'],
    },
  ),
  DATABASE_TIMEOUT_MS: withDefault('8000', wholeNumber(100, 60_000), {
    expects: milliseconds(100, 60_000),
    help: 'How long one question to the database may take.',
  }),

  SUPABASE_JWT_SECRET: optional(
    z.string().min(32, 'it is shorter than 32 characters, which HS256 does not allow'),
    {
      expects: 'the JWT secret of the project, at least 32 characters',
      help: 'Checks user tokens signed with HS256. Set this or SUPABASE_JWKS_URL, or both while changing over.',
      secret: true,
    },
  ),
  SUPABASE_JWKS_URL: optional(httpUrl(), {
    expects: 'an http(s) URL, for example https://abcd.supabase.co/auth/v1/.well-known/jwks.json',
    help: 'Checks user tokens signed with an asymmetric key.',
  }),
  JWT_ISSUER: optional(
    list((part) => part.length > 2, 'a part is too short to be an issuer'),
    {
      expects: 'issuers separated by commas, or any to check none',
      help:
        'Who may have issued a token. Not set: SUPABASE_URL followed by /auth/v1. The embedded Supabase for ' +
        'development names no issuer in its tokens: there, any.',
    },
  ),
  JWT_AUDIENCE: withDefault('authenticated', z.string(), {
    expects: 'one audience',
    help: 'For whom a token must have been issued.',
  }),
  JWT_ROLE_CLAIM: withDefault(
    'app_metadata.role',
    z
      .string()
      .regex(/^[\w-]+(\.[\w-]+){0,4}$/, 'it is not a claim path')
      .refine(
        (path) => !path.startsWith('user_metadata'),
        'users write their own user_metadata, so anybody could take any role',
      ),
    {
      expects: 'the name of a claim, dots leading into objects: app_metadata.role',
      help: 'Which claim holds the role (a text or a list of texts).',
    },
  ),
  SYNC_ROLES: withDefault(
    'admin',
    list((role) => /^[\w.:-]+$/.test(role), 'a role has characters other than letters, digits and . : - _'),
    {
      expects: 'roles separated by commas',
      help: 'Who may start or cancel a sync. Others with a good token may look at runs.',
    },
  ),

  HOST: withDefault('127.0.0.1', z.string().regex(/^[\w.:-]+$/, 'it is not an address'), {
    expects: 'an address of this machine, 0.0.0.0 for all',
    help: 'Where the HTTP API listens.',
  }),
  PORT: withDefault('8080', wholeNumber(0, 65_535), {
    expects: 'a port from 1 to 65535, or 0 for any free one',
    help: 'Port of the HTTP API.',
  }),
  CORS_ORIGINS: withDefault(
    '',
    list(isOrigin, 'a part is not an origin (scheme, host and port only; * is not accepted)'),
    {
      expects: 'origins separated by commas, for example https://pontaj.example.ro',
      help: 'Web pages that may call the API from a browser. Empty: none.',
    },
  ),

  RATE_LIMIT_MS: withDefault('1000', wholeNumber(0, 60_000), {
    expects: milliseconds(0, 60_000),
    help: 'Pause between the end of one call to a device and the start of the next.',
  }),
  DEVICE_TIMEOUT_MS: withDefault('12000', wholeNumber(100, 60_000), {
    expects: milliseconds(100, 60_000),
    help: 'How long one call to a device may take. 10 to 15 seconds suit real terminals.',
  }),
  LEASE_MS: withDefault('30000', wholeNumber(500, 600_000), {
    expects: `${milliseconds(500, 600_000)}, well above DEVICE_TIMEOUT_MS and RATE_LIMIT_MS together`,
    help: 'How long a device stays with this daemon without renewal: so long it waits when a daemon dies.',
  }),
  FATAL_SCOPE: withDefault('device', oneOf(['device', 'run']), {
    expects: 'device or run',
    help: 'What a fatal error of one device stops: that device, or the whole run.',
  }),
  UPDATE_EXISTING: withDefault('true', flag(), {
    expects: 'true or false',
    help: 'Bring the data of persons who are on a device already in step with the database.',
  }),
  FACE_DELIVERY: withDefault('auto', oneOf(['auto', 'url', 'upload']), {
    expects: 'auto, url or upload',
    help: 'The device downloads the photo, or the daemon sends it; auto: from the first failed download on.',
  }),
  ADOPT_FACES: withDefault('replace', oneOf(['replace', 'trust']), {
    expects: 'replace or trust',
    help: 'What to do with a face on a device that the daemon did not put there.',
  }),
  ADOPT_PERSONS: withDefault('any', oneOf(['any', 'same-name']), {
    expects: 'any or same-name',
    help: 'Whether a person with our number but another name is ours, or a conflict to report.',
  }),
  LEAVERS: withDefault('disable', oneOf(['disable', 'delete', 'ignore']), {
    expects: 'disable, delete or ignore',
    help: 'What happens on the devices to somebody who is no longer active.',
  }),
  VALID_BEGIN: withDefault('2025-10-10T00:00:00', deviceTime(), {
    expects: 'a local time from 1970 to 2037 like 2025-10-10T00:00:00',
    help: 'From when persons may pass.',
  }),
  VALID_END: withDefault('2037-12-31T23:59:59', deviceTime(), {
    expects: 'a local time from 1970 to 2037 like 2037-12-31T23:59:59, after VALID_BEGIN',
    help: 'Until when persons may pass.',
  }),
  DOOR_RIGHT: withDefault('1', z.string().regex(/^\d{1,3}(,\d{1,3}){0,15}$/, 'it is not a list of doors'), {
    expects: 'door numbers separated by commas, for example 1 or 1,2',
    help: 'Doors a person may pass.',
  }),
  PLAN_TEMPLATE_NO: withDefault('1', z.string().regex(/^\d{1,5}$/, 'it is not a number'), {
    expects: 'the number of a plan template on the devices',
    help: 'When a person may pass; template 1 is all day on terminals as delivered.',
  }),

  LOG_LEVEL: withDefault('info', oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent']), {
    expects: 'trace, debug, info, warn, error or silent',
    help: 'What is written to the log (JSON lines on stdout).',
  }),
};

export type Settings = {
  [Name in keyof typeof settings]: (typeof settings)[Name]['fallback'] extends null
    ? z.output<(typeof settings)[Name]['schema']> | null
    : z.output<(typeof settings)[Name]['schema']>;
};
