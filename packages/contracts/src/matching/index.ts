export * from './factors.ts'
export * from './permissions.ts'
export * from './rules.ts'
export * from './views.ts'
