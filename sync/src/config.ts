import process from 'node:process';
import { defaultEngineOptions, leaseNeedMs } from './engine/options.ts';
import { findMisspelt } from './settings/misspelt.ts';
import { readSettings, type Environment } from './settings/read-settings.ts';
import { settings, type Settings } from './settings/settings.ts';

/** The variables this process was started with: here, because nothing else reads them. */
export const processEnvironment: Environment = process.env;

export interface AuthConfig {
  /** HS256 secret; null: only the project's public keys are accepted. */
  jwtSecret: string | null;
  jwksUrl: string | null;
  /** Null: not checked. */
  issuers: string[] | null;
  audience: string;
  /** Path of the claim that holds the role, dots leading into objects. */
  roleClaim: string;
  roles: string[];
}

export interface Config {
  supabase: { url: string; secretKey: string; timeoutMs: number };
  auth: AuthConfig;
  http: { host: string; port: number; corsOrigins: string[] };
  engine: {
    pauseMs: number;
    callTimeoutMs: number;
    leaseTtlMs: number;
    fatalScope: Settings['FATAL_SCOPE'];
    updateExisting: boolean;
    faceDelivery: Settings['FACE_DELIVERY'];
    adoptFaces: Settings['ADOPT_FACES'];
    adoptPersons: Settings['ADOPT_PERSONS'];
    leavers: Settings['LEAVERS'];
    validity: { beginTime: string; endTime: string; doorRight: string; planTemplateNo: string };
  };
  logLevel: Settings['LOG_LEVEL'];
  /** Variables that look like settings written wrong; to be shown once. */
  warnings: string[];
}

/** The environment cannot be worked with; `problems` has one sentence for each thing to put right. */
export class ConfigError extends Error {
  readonly code = 'config_invalid';
  readonly problems: string[];

  constructor(problems: string[]) {
    super(['The settings do not allow a start:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.problems = problems;
  }
}

/** A third of a lease may pass before it is renewed; what is left must be enough for a call and the pause after it. */
const shortestLeaseMs = (callTimeoutMs: number, pauseMs: number): number =>
  Math.ceil(leaseNeedMs({ ...defaultEngineOptions, callTimeoutMs, pauseMs }) * 1.5);

/** Complaints about settings that are fine one by one but not together. */
function findContradictions(values: Partial<Settings>, purpose: 'serve' | 'command'): string[] {
  const problems: string[] = [];
  const { LEASE_MS, DEVICE_TIMEOUT_MS, RATE_LIMIT_MS, VALID_BEGIN, VALID_END } = values;
  if (LEASE_MS !== undefined && DEVICE_TIMEOUT_MS !== undefined && RATE_LIMIT_MS !== undefined) {
    const needed = shortestLeaseMs(DEVICE_TIMEOUT_MS, RATE_LIMIT_MS);
    if (LEASE_MS < needed)
      problems.push(
        `LEASE_MS is ${LEASE_MS}: with DEVICE_TIMEOUT_MS ${DEVICE_TIMEOUT_MS} and RATE_LIMIT_MS ${RATE_LIMIT_MS} a call ` +
          `could outlive the right to make it. Set LEASE_MS to ${needed} or more, or the other two lower.`,
      );
  }
  if (VALID_BEGIN !== undefined && VALID_END !== undefined && VALID_END <= VALID_BEGIN)
    problems.push(
      `VALID_END is ${VALID_END}, which is not after VALID_BEGIN, ${VALID_BEGIN}: nobody could pass. Set a later VALID_END.`,
    );
  if (purpose === 'serve' && values.SUPABASE_JWT_SECRET === null && values.SUPABASE_JWKS_URL === null)
    problems.push(
      'Neither SUPABASE_JWT_SECRET nor SUPABASE_JWKS_URL is set, so no user could be recognised. Set the one that the ' +
        'project signs its tokens with (Supabase dashboard, Settings, JWT keys).',
    );
  return problems;
}

function issuersOf(values: Settings): string[] | null {
  if (values.JWT_ISSUER === null) return [`${values.SUPABASE_URL}/auth/v1`];
  return values.JWT_ISSUER.includes('any') ? null : values.JWT_ISSUER;
}

const isComplete = (values: Partial<Settings>): values is Settings =>
  Object.keys(settings).every((name) => name in values);

/**
 * Reads the settings. `purpose: 'command'` is for the operator's commands, which serve nobody and so need no keys to
 * check tokens with.
 * @throws ConfigError naming every wrong setting, its value unless secret, and the remedy.
 */
export function readConfig(
  environment: Environment = processEnvironment,
  purpose: 'serve' | 'command' = 'serve',
): Config {
  const { values, problems } = readSettings(environment);
  problems.push(...findContradictions(values, purpose));
  if (problems.length > 0 || !isComplete(values)) throw new ConfigError(problems);

  const known = Object.entries(settings).flatMap(([name, setting]) => [name, ...setting.aliases]);
  return {
    supabase: {
      url: values.SUPABASE_URL,
      secretKey: values.SUPABASE_SECRET_KEY,
      timeoutMs: values.DATABASE_TIMEOUT_MS,
    },
    auth: {
      jwtSecret: values.SUPABASE_JWT_SECRET,
      jwksUrl: values.SUPABASE_JWKS_URL,
      issuers: issuersOf(values),
      audience: values.JWT_AUDIENCE,
      roleClaim: values.JWT_ROLE_CLAIM,
      roles: values.SYNC_ROLES,
    },
    http: { host: values.HOST, port: values.PORT, corsOrigins: values.CORS_ORIGINS },
    engine: {
      pauseMs: values.RATE_LIMIT_MS,
      callTimeoutMs: values.DEVICE_TIMEOUT_MS,
      leaseTtlMs: values.LEASE_MS,
      fatalScope: values.FATAL_SCOPE,
      updateExisting: values.UPDATE_EXISTING,
      faceDelivery: values.FACE_DELIVERY,
      adoptFaces: values.ADOPT_FACES,
      adoptPersons: values.ADOPT_PERSONS,
      leavers: values.LEAVERS,
      validity: {
        beginTime: values.VALID_BEGIN,
        endTime: values.VALID_END,
        doorRight: values.DOOR_RIGHT,
        planTemplateNo: values.PLAN_TEMPLATE_NO,
      },
    },
    logLevel: values.LOG_LEVEL,
    warnings: findMisspelt(Object.keys(environment), known),
  };
}
