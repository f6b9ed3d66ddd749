import type { Role } from '@samkraft/kernel'
import { m } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'

type Place = Readonly<{ href: string; label: () => string; only?: Role }>

const places: readonly Place[] = [
  { href: paths.start, label: m.nav_start },
  { href: paths.offers, label: m.nav_offers },
  { href: paths.requests, label: m.nav_requests },
  { href: paths.arrangements, label: m.nav_arrangements },
  { href: paths.coordination, label: m.nav_coordination, only: 'coordinator' },
  { href: paths.coordinationFigures, label: m.nav_figures, only: 'process_support' },
  { href: paths.organisation, label: m.nav_organisation },
]

/** The main menu for someone with these roles, on a page at `pathname`. */
export function menuFor(roles: readonly Role[], pathname: string) {
  return places
    .filter(({ only }) => only === undefined || roles.includes(only))
    .map(({ href, label }) => ({ href, label: label(), current: isWithin(pathname, href) }))
}

function isWithin(pathname: string, href: string): 'page' | 'true' | undefined {
  if (pathname === href) return 'page'
  return href !== paths.start && pathname.startsWith(`${href}/`) ? 'true' : undefined
}
