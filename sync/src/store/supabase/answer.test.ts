import { describe, expect, it } from 'vitest';
import { LeaseLostError, StoreRejectedError, StoreUnreachableError } from '../store-errors.ts';
import { dataOf, storeError } from './answer.ts';

const answer = (status: number, code = '', message = 'said', details: string | null = null) => ({
  data: null,
  status,
  error: { message, code, details, hint: null },
});

describe('storeError', () => {
  it.each([
    ['nothing came back', 0, ''],
    ['the gateway has no database', 503, 'PGRST002'],
    ['too many requests', 429, ''],
    ['a statement was cancelled', 500, '57014'],
    ['the database shuts down', 503, '57P01'],
    ['a deadlock', 500, '40P01'],
    ['transactions in conflict', 409, '40001'],
    ['no connection left', 503, '53300'],
  ])('%s: it passes by itself', (_what, status, code) => {
    expect(storeError(answer(status, code), 'reading', null)).toBeInstanceOf(StoreUnreachableError);
  });

  it.each([
    ['the wrong key', 401, '', 'SUPABASE_SECRET_KEY'],
    ['a key without the right', 403, '42501', 'SUPABASE_SECRET_KEY'],
    ['a function that is not there', 404, 'PGRST202', 'migrations'],
    ['a table that is not there', 404, 'PGRST205', 'migrations'],
    ['a column that is not there', 400, '42703', 'migrations'],
    ['another project', 404, '', 'SUPABASE_URL'],
    ['a value that breaks a rule', 400, '23514', '23514'],
    ['what the embedded database cannot name', 500, 'SUP', 'SUP'],
    ['a refusal of a function of ours', 409, 'PT409', 'PT409'],
  ])('%s: it does not pass, and the message says %s', (_what, status, code, told) => {
    const error = storeError(answer(status, code), 'reading', null);
    expect(error).toBeInstanceOf(StoreRejectedError);
    expect(error.message).toContain(told);
  });

  it('a lease that another daemon has is neither', () => {
    const lost = answer(409, 'PT409', 'The lease is no longer held.', 'lease_lost');
    expect(storeError(lost, 'writing', 'd-1')).toEqual(new LeaseLostError('d-1'));
  });

  it('says what was done, and quotes no row', () => {
    const error = storeError(
      answer(400, '23514', 'violates check', 'Failing row contains (Popescu)'),
      'writing',
      'd',
    );
    expect(error.message).toContain('writing: HTTP 400, 23514, violates check');
    expect(error.message).not.toContain('Popescu');
  });

  it('is cut when a page of a proxy comes instead', () => {
    expect(storeError(answer(502, '', '<html>'.repeat(1_000)), 'reading', null).message.length).toBeLessThan(
      500,
    );
  });
});

it('dataOf gives what came, or throws', () => {
  expect(dataOf({ data: [1], error: null, status: 200 }, 'reading')).toEqual([1]);
  expect(() => dataOf(answer(0), 'reading devices')).toThrow('reading devices');
});
