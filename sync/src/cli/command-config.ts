import { readConfig, type Config } from '../config.ts';
import type { Terminal } from './terminal.ts';

/**
 * The settings of an operator's command. What looks like a setting written wrong is said: the default would hold.
 * @throws ConfigError
 */
export function commandConfig(terminal: Terminal): Config {
  const config = readConfig(terminal.environment, 'command');
  for (const warning of config.warnings) terminal.note(`${warning}\n`);
  return config;
}
