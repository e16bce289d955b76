-- The photos: a public bucket, because the terminals download from it without logging in. Only service_role uploads.
do $$
begin
  -- A plain PostgreSQL, as used to test the tables alone, has no storage.
  if to_regclass('storage.buckets') is not null then
    insert into storage.buckets (id, name, public)
    values ('pontaj-photos', 'pontaj-photos', true)
    on conflict (id) do update set public = true;
  end if;
end
$$;
