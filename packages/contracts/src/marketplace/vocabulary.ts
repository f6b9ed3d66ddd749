import { z } from 'zod'
import { PeriodInput } from '../command.ts'

/**
 * The twelve groups of the competence vocabulary. They are also the utvecklingsområden an offer or a request
 * may be marked with, until the parties have agreed on their own.
 */
export const competenceGroups = {
  elevhalsa: { sv: 'Elevhälsa', en: 'Pupil health' },
  specialpedagogik: { sv: 'Specialpedagogik', en: 'Special education' },
  bristamnen: { sv: 'Undervisning i bristämnen', en: 'Shortage subjects' },
  'sprak-nyanlanda': { sv: 'Språk och nyanlända', en: 'Languages and newly arrived' },
  'vagledning-vuxenutbildning': { sv: 'Vägledning och vuxenutbildning', en: 'Guidance and adult education' },
  'kvalitet-analys': { sv: 'Kvalitet, analys och utredning', en: 'Quality, analysis and inquiry' },
  'ledning-skolutveckling': { sv: 'Ledning och skolutveckling', en: 'Leadership and school development' },
  'juridik-inkop': { sv: 'Juridik, dataskydd och inköp', en: 'Law, data protection and procurement' },
  'ekonomi-hr': { sv: 'Ekonomi, HR och statsbidrag', en: 'Finance, HR and grants' },
  digitalisering: { sv: 'IT och digitalisering', en: 'IT and digitalisation' },
  administration: { sv: 'Administration och information', en: 'Administration and information' },
  stodfunktioner: { sv: 'Skolnära stödfunktioner', en: 'School support functions' },
} as const satisfies Readonly<Record<string, Readonly<{ sv: string; en: string }>>>

export type CompetenceGroup = keyof typeof competenceGroups

export const competenceGroupSlugs = Object.keys(competenceGroups) as [CompetenceGroup, ...CompetenceGroup[]]

export const CompetenceGroup = z.enum(competenceGroupSlugs)

/** An utvecklingsområde; the same slugs as the groups for now. */
export const FocusArea = z.enum(competenceGroupSlugs)

/** The key of a competence, such as `skolpsykolog`. */
export const CompetenceSlug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'competence.unknown' })
  .max(60)

/** More than the vocabulary has: a word of one letter is found in nearly all their names. */
export const mostCompetences = 300

/** A competence as it is named beside an offer or a request. */
export const CompetenceName = z.object({ slug: z.string(), group: CompetenceGroup, sv: z.string(), en: z.string() })
export type CompetenceName = z.infer<typeof CompetenceName>

/** A hint somebody has to review before it is relied on: our proposal, not legal advice. */
const Proposal = z.object({ sv: z.string(), status: z.literal('proposal') })

export const CompetenceView = CompetenceName.extend({
  /** Licence or degree the function usually asks for. */
  licence: Proposal.nullable(),
  /** What the Education Act may say of sharing it. */
  legalRoute: Proposal.extend({ key: z.string() }).nullable(),
})
export type CompetenceView = z.infer<typeof CompetenceView>

export const CompetenceDetail = CompetenceView.extend({
  codes: z.array(z.object({ system: z.string(), code: z.string(), label: z.string() })),
  /** From the broadest to the narrowest SSYK 2012 group. */
  ssyk: z.array(z.object({ code: z.string(), name: z.string() })),
  /** Occupations and other names people search by. */
  occupations: z.array(z.object({ name: z.string(), aliases: z.array(z.string()) })),
  skills: z.array(z.string()),
  /** Competences whose occupation can stand in for this one's, in percent (JobTech substitutability). */
  substitutes: z.array(CompetenceName.extend({ percent: z.int() })),
})
export type CompetenceDetail = z.infer<typeof CompetenceDetail>

/** What kind of name of the vocabulary was hit. */
export const wordKinds = ['name', 'code', 'alias', 'occupation', 'skill', 'ssyk'] as const
export type WordKind = (typeof wordKinds)[number]

/**
 * How what was typed hit it: the word itself, another form of it, short for it, with slips of the keys, by a part the two have in
 * common, or by nothing better than that they look alike.
 */
export const hitWays = ['same', 'inflection', 'abbreviation', 'misspelt', 'part', 'alike'] as const
export type HitWay = (typeof hitWays)[number]

/** By which relation what was hit leads to the competence. */
export const Through = z.discriminatedUnion('by', [
  z.object({ by: z.literal('own') }),
  /** It is an occupation or a skill that the competence is, or a skill that belongs to the competence's SSYK group. */
  z.object({ by: z.enum(['occupation', 'skill']), name: z.string() }),
  /** It lies in the competence's SSYK 2012 group, or in the group above that. */
  z.object({ by: z.literal('group'), name: z.string(), code: z.string() }),
  /** Who has this occupation can stand in for the competence's own (JobTech): 75 (high) or 25 (some). */
  z.object({
    by: z.literal('substitutability'),
    name: z.string(),
    percentage: z.union([z.literal(75), z.literal(25)]),
  }),
])
export type Through = z.infer<typeof Through>

export const CompetenceSuggestion = CompetenceName.extend({
  /** The name that was hit, and what kind of name it is. */
  word: z.string(),
  wordKind: z.enum(wordKinds),
  /** Which of the typed words hit it, and how the least sure of them did. */
  typed: z.array(z.string()),
  way: z.enum(hitWays),
  through: Through,
})
export type CompetenceSuggestion = z.infer<typeof CompetenceSuggestion>

/** How much is asked for, as it was written: a share of full time in percent, or hours a week. */
export const WrittenExtent = z.union([z.object({ percent: z.number() }), z.object({ hoursPerWeek: z.number() })])
export type WrittenExtent = z.infer<typeof WrittenExtent>

/** What typed words mean: the likeliest competence first. */
export const CompetenceSuggestions = z.object({
  items: z.array(CompetenceSuggestion),
  /** Words that none of them came from, as they were typed. */
  notUnderstood: z.array(z.string()),
  extent: WrittenExtent.nullable(),
  /** The days they are for, where they say the year; far ahead when they say no end. */
  period: PeriodInput.nullable(),
})
export type CompetenceSuggestions = z.infer<typeof CompetenceSuggestions>
