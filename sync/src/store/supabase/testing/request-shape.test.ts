import { expect, test } from 'vitest';
import { requestShape } from './request-shape.ts';

const at = (path: string) => `http://127.0.0.1:1/rest/v1/${path}`;

test.each([
  [
    'GET',
    'dispozitive_pontaj?select=id,nume&order=id.asc&limit=1000&id=gt.00000000-0000-4000-8000-000000000001',
    {},
    null,
    'GET dispozitive_pontaj id=gt limit order=id.asc select=columns',
  ],
  [
    'HEAD',
    'angajati_biometrie?select=id,angajati!angajat_id!inner(id)&angajati.status=eq.activ&employee_no=not.is.null',
    { prefer: 'count=exact' },
    null,
    'HEAD angajati_biometrie angajati.status=eq employee_no=not.is.null select=columns,angajati!angajat_id!inner(columns) prefer: count=exact',
  ],
  [
    'GET',
    'sincronizari_linii?select=*&or=(employee_no.gt.7,and(employee_no.eq.7,dispozitiv_id.gt.a-b))',
    { accept: 'application/vnd.pgrst.object+json' },
    null,
    'GET sincronizari_linii or=(employee_no.gt,and(employee_no.eq,dispozitiv_id.gt)) select=* accept: application/vnd.pgrst.object+json',
  ],
  ['POST', 'rpc/scrie', {}, '{"p_b":1,"p_a":"secret"}', 'POST rpc/scrie (p_a, p_b)'],
  ['PATCH', 'x?id=in.(1,2)&nume=ilike.*a*', {}, '{"nume":"b"}', 'PATCH x (nume) id=in nume=ilike'],
])('%s %s', (method, path, headers, body, shape) => {
  expect(requestShape(method, at(path), new Headers(headers as Record<string, string>), body)).toBe(shape);
});
