// `npm run containers:env`: secrets for the compose files, in .env.
import path from 'node:path';
import { writeEnvFile } from './env-file.ts';

const file = path.resolve(import.meta.dirname, '../../.env');
const added = await writeEnvFile(file);
console.log(
  added.length === 0
    ? '.env has everything already; delete it (and the volumes: docker compose down --volumes) for new secrets.'
    : `.env: made ${added.join(', ')}. Readable by you alone; never commit it.`,
);
