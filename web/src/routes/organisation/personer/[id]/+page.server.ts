import {
  AllowNewPassword,
  ChangeRoles,
  ChangeTitle,
  DisablePerson,
  EnablePerson,
  rolesIn,
} from '@samkraft/contracts/identity'
import { error, redirect, type RequestEvent } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import { live } from '#lib/live.ts'
import { paths } from '#lib/paths.ts'
import { act, type Form } from '#lib/server/form.ts'
import { isLastAdministrator, mayAdminister, peopleOf, whatBlockingLeaves } from '#lib/server/identity/people.ts'
import { sentence } from '#lib/server/problem.ts'
import type { Services } from '#lib/server/services.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { actor, services }, params, depends }) => {
  depends(live('person'))
  if (!actor || !mayAdminister(actor)) error(403, sentence('auth.role_needed'))
  const people = await peopleOf(services)
  const person = people.find(({ personId }) => personId === params.id)
  if (!person) error(404, sentence('person.not_found'))
  return {
    person,
    roles: rolesIn(actor.organisation.kind),
    lastAdministrator: isLastAdministrator(person, people),
    leaves: whatBlockingLeaves(person, people),
  }
}

type Event = RequestEvent<{ id: string }>
type Person = Services['identity']['person']

const beside = { 'person.last_administrator': 'roles', 'person.role_not_here': 'roles' }

function change(event: Event, done: string, call: (person: Person, form: Form, seen: object) => Promise<unknown>) {
  return act(
    event,
    { labels: { title: m.person_title, roles: m.person_roles }, beside },
    async (form): Promise<never> => {
      const seen = { personId: event.params.id, version: form.number('version') }
      await call(event.locals.services.identity.person, form, seen)
      redirect(303, `${paths.organisation}?gjort=${done}`)
    },
  )
}

export const actions: Actions = {
  title: (event) =>
    change(event, 'title', (person, form, seen) =>
      person.changeTitle.mutate(form.input(ChangeTitle, { ...seen, title: form.text('title') })),
    ),
  roles: (event) =>
    change(event, 'roles', (person, form, seen) =>
      person.changeRoles.mutate(form.input(ChangeRoles, { ...seen, roles: form.all('roles') })),
    ),
  disable: (event) =>
    change(event, 'disabled', (person, form, seen) => person.disable.mutate(form.input(DisablePerson, { ...seen }))),
  enable: (event) =>
    change(event, 'enabled', (person, form, seen) => person.enable.mutate(form.input(EnablePerson, { ...seen }))),
  password: (event) =>
    act(event, {}, async (form) => {
      const input = form.input(AllowNewPassword, { personId: event.params.id })
      const { secret, expiresAt } = await event.locals.services.identity.person.allowNewPassword.mutate(input)
      // As with an invitation: no redirect, for the secret is in no address and no store of ours.
      return { allowed: { link: new URL(paths.invitation(secret), event.url).href, expiresAt } }
    }),
}
