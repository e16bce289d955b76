import type { Sql } from 'postgres';

/**
 * Makes the database say of every terminal what it says of the one that the daemon really brought in step: the pairs
 * of a large fleet, which would take days over the wire. The rows are copies, so whatever the daemon writes for a
 * pair in step is what it finds.
 */
export async function copyConvergence(sql: Sql, fromDeviceId: string): Promise<void> {
  await sql.begin(async (transaction) => {
    // Foreign keys hold by construction; checking a million of them one by one takes longer than writing them.
    await transaction`set local session_replication_role = replica`;
    await transaction`
      insert into angajati_biometrie_dispozitive (
        angajat_biometrie_id, dispozitiv_id, employee_no, status_sincronizare, sincronizat_la,
        persoana_stare, persoana_amprenta, fata_stare, fata_amprenta)
      select t.angajat_biometrie_id, d.id, t.employee_no, t.status_sincronizare, t.sincronizat_la,
             t.persoana_stare, t.persoana_amprenta, t.fata_stare, t.fata_amprenta
      from dispozitive_pontaj d cross join angajati_biometrie_dispozitive t
      where t.dispozitiv_id = ${fromDeviceId} and d.id <> ${fromDeviceId}
      on conflict (dispozitiv_id, employee_no) do nothing`;
    await transaction`
      update dispozitive_pontaj set inventariat_la = now() where inventariat_la is null`;
  });
  // A hosted database has statistics by the time it has a million rows.
  await sql`analyze`;
}

/** Pairs that count as in step. */
export async function pairsInStep(sql: Sql): Promise<number> {
  const [row] = await sql<{ pairs: number }[]>`
    select count(*)::int as pairs from angajati_biometrie_dispozitive where status_sincronizare = 'sincronizat'`;
  return row?.pairs ?? 0;
}
