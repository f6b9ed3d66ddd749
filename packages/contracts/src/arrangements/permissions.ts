import type { Permissions } from '../permission.ts'
import { coordinators, deciders, negotiators } from './states.ts'

/** Who may call which procedure of the arrangements service. What a side may do when is in its move table. */
export const arrangementsPermissions = {
  'arrangement.propose': { who: [...negotiators, ...coordinators], rows: 'own' },
  'arrangement.revise': { who: negotiators, rows: 'party' },
  'arrangement.accept': { who: negotiators, rows: 'party' },
  'arrangement.decline': { who: negotiators, rows: 'party' },
  'arrangement.withdraw': { who: [...negotiators, ...coordinators], rows: 'party' },
  'arrangement.decide': { who: deciders, rows: 'party' },
  'arrangement.approve': { who: coordinators, rows: 'party' },
  'arrangement.return': { who: coordinators, rows: 'party' },
  'arrangement.end': { who: deciders, rows: 'party' },
  'arrangement.setDiaryNumber': { who: ['registrar'], rows: 'party' },
  'arrangement.get': { who: 'member', rows: 'party' },
  'arrangement.list': { who: 'member', rows: 'own' },
  'worklist.list': { who: coordinators, rows: 'own' },
  'worklist.setFollowUp': { who: coordinators, rows: 'party' },
  'task.list': { who: 'member', rows: 'own' },
  'stats.summary': { who: 'member', rows: 'own' },
  // Sums of what a county has going on; nothing of any one arrangement.
  'stats.county': { who: ['process_support'], rows: 'none' },
  'flow.list': { who: 'member', rows: 'own' },
  'audit.list': { who: 'member', rows: 'own' },
  'audit.verify': { who: ['administrator', 'registrar', 'coordinator'], rows: 'own' },
} as const satisfies Permissions
