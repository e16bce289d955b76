import { setTimeout as sleep } from 'node:timers/promises';
import { DigestClient } from 'digest-fetch';
import type { Database } from '@pontaj/supabase';
import type { SupabaseClient } from '@supabase/supabase-js';

/**
 * The sync as one would first write it, to compare with: one thread, employees in turn, for each of them the devices
 * in turn, two calls for each pair, whatever is on the device. Deliberately as plain as that: no tracking rows, no
 * retries, answers not even read.
 * @returns Calls made.
 */
export async function plainSync(database: SupabaseClient<Database>, pauseMs: number): Promise<number> {
  const { data: employees } = await database
    .from('angajati_biometrie')
    .select('employee_no, foto_fata_url, angajati!angajat_id!inner(nume, prenume)')
    .eq('angajati.status', 'activ')
    .order('employee_no')
    .throwOnError();
  const { data: devices } = await database
    .from('dispozitive_pontaj')
    .select('ip_address, port, username, password_encrypted')
    .eq('status', 'activ')
    .throwOnError();
  let calls = 0;
  for (const employee of employees) {
    const employeeNo = String(employee.employee_no);
    const { nume, prenume } = employee.angajati;
    for (const device of devices) {
      const isapi = `http://${device.ip_address}:${device.port}/ISAPI`;
      const post = async (path: string, body: unknown) => {
        const client = new DigestClient(device.username, device.password_encrypted);
        const response = (await client.fetch(`${isapi}/${path}?format=json`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })) as Response;
        await response.text();
        calls += 1;
        await sleep(pauseMs);
      };
      await post('AccessControl/UserInfo/Record', {
        UserInfo: {
          employeeNo,
          name: `${nume} ${prenume}`,
          userType: 'normal',
          Valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
          doorRight: '1',
          RightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
        },
      });
      await post('Intelligent/FDLib/FaceDataRecord', {
        faceLibType: 'blackFD',
        FDID: '1',
        FPID: employeeNo,
        faceURL: employee.foto_fata_url,
      });
    }
  }
  return calls;
}
