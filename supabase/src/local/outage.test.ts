import { describe, expect, test } from 'vitest';
import { nameOutage } from './outage.ts';

const sup = (message: string) =>
  Response.json({ code: 'SUP', details: null, hint: null, message }, { status: 500 });

describe('nameOutage', () => {
  test.each([
    'Error: connect ECONNREFUSED 192.168.0.2:5432',
    'Error: write CONNECTION_CLOSED postgres-3edc352e:5432',
    'PostgresError: terminating connection due to unexpected postmaster exit',
    'PostgresError: the database system is starting up',
  ])('%s: a database that is away', async (message) => {
    const answer = await nameOutage(sup(message));
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'PGRST001' });
  });

  test('other refusals and good answers stay as they are', async () => {
    const refused = await nameOutage(sup('PostgresError: new row violates check constraint'));
    expect(refused.status).toBe(500);
    expect(await refused.json()).toMatchObject({
      code: 'SUP',
      message: expect.stringContaining('check constraint') as string,
    });
    const page = await nameOutage(new Response('<h1>oops</h1>', { status: 500 }));
    expect(await page.text()).toBe('<h1>oops</h1>');
    const good = Response.json([]);
    expect(await nameOutage(good)).toBe(good);
  });
});
