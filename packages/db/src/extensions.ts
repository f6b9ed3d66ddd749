/** What every service database offers its migrations; creating an extension takes more rights than the owner has. */
export const extensions = ['pg_trgm', 'unaccent', 'btree_gist', 'citext'] as const
