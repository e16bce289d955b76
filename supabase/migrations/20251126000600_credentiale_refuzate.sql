comment on column public.dispozitive_pontaj.credentiale_refuzate is
  'Fingerprints, separated by blanks, of each username and password the terminal refused since its last good login: none is shown to it again by itself. Never the passwords themselves.';
