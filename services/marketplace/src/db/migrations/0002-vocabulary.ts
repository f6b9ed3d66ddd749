import { type Kysely, sql } from 'kysely'

/** The competence vocabulary and the words it is found by. The same for everybody, hence no tenancy. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Databases are made with these in place; a managed one may let the owner add them, since both are trusted.
  await sql`create extension if not exists pg_trgm`.execute(db)
  await sql`create extension if not exists unaccent`.execute(db)

  // Swedish words without their accents, on both sides of a search: "larare" finds "lärare".
  await sql`create text search configuration swedish_plain (copy = swedish)`.execute(db)
  await sql`alter text search configuration swedish_plain
    alter mapping for hword, hword_part, word with unaccent, swedish_stem`.execute(db)

  await sql`
    create table competence (
      slug text primary key,
      group_slug text not null,
      sv text not null,
      en text not null,
      licence text,
      route_key text,
      route text,
      position int not null
    )`.execute(db)
  await sql`
    create table competence_code (
      slug text not null references competence on delete cascade,
      system text not null,
      code text not null,
      label text not null,
      primary key (slug, system, code)
    )`.execute(db)
  await sql`create table ssyk (code text primary key, level int not null, name text not null, parent text)`.execute(db)
  await sql`
    create table occupation (id text primary key, name text not null, ssyk text not null, aliases text[] not null)`.execute(
    db,
  )
  await sql`create index occupation_ssyk on occupation (ssyk)`.execute(db)
  await sql`
    create table occupation_substitute (
      occupation_id text not null, substitute_id text not null, percent int not null, primary key (occupation_id, substitute_id)
    )`.execute(db)
  await sql`create table skill (id text primary key, name text not null)`.execute(db)
  await sql`create table ssyk_skill (ssyk text not null, skill_id text not null, primary key (ssyk, skill_id))`.execute(
    db,
  )

  await sql`
    create table competence_word (
      slug text not null references competence on delete cascade,
      word text not null,
      plain text not null,
      kind text not null,
      weight float8 not null,
      primary key (slug, plain, kind)
    )`.execute(db)
  // Loaded all at once and then only read: nothing should wait in the index's list of pending entries.
  await sql`
    create index competence_word_trigrams on competence_word using gin (plain gin_trgm_ops) with (fastupdate = off)`.execute(
    db,
  )
  // Two letters that changed places leave words less alike than the usual threshold asks for.
  await sql`
    create function nearly_words(typed text) returns setof competence_word language sql stable
      set pg_trgm.word_similarity_threshold = 0.4
      as $$ select * from competence_word where plain %> typed $$`.execute(db)
  // Only a table's owner may gather its statistics; the service that has just loaded it needs them at once.
  await sql`
    create function analyse_vocabulary() returns void language plpgsql security definer set search_path = public
      as $$ begin analyze competence_word; end $$`.execute(db)
  // Which files the vocabulary was loaded from, so that loading it again costs nothing.
  await sql`
    create table vocabulary_source (
      one boolean primary key default true check (one), hash text not null, loaded_at timestamptz not null default now()
    )`.execute(db)
}
