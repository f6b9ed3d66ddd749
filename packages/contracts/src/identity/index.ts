export * from './commands.ts'
export * from './events.ts'
export * from './permissions.ts'
export * from './views.ts'
