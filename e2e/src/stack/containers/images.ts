/** As `npm run containers:build` tags them. */
export const images = {
  supabase: 'pontaj/supabase:local',
  daemon: 'pontaj/sync:local',
};
