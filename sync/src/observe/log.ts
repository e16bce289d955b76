import { pino, type DestinationStream, type Logger } from 'pino';

/**
 * Keys whose values never reach a log, wherever they stand: a second line of defence behind code that does not log
 * them. Photo URLs and names are personal data.
 */
const HIDDEN = [
  'password',
  'password_encrypted',
  'secretKey',
  'jwtSecret',
  'authorization',
  'Authorization',
  'apikey',
  'token',
  'displayName',
  'photoUrl',
  'nume',
  'prenume',
  'nume_complet',
];
const paths = HIDDEN.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/**
 * JSON lines, written at once: what happened before a crash is there after it.
 * @param destination for tests; the standard output otherwise.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths, censor: '(hidden)' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * Of the same log, for the few lines whose absence would leave people and programs waiting: they appear at every
 * level but `silent`.
 */
export const announcements = (log: Logger): Logger =>
  log.level === 'silent' ? log : log.child({}, { level: 'info' });
