import { pino, type Logger } from 'pino'

export type Log = Logger

/** JSON lines on standard output. What might identify a person or open a door is masked even if somebody logs it by mistake. */
export function createLog(service: string, level = 'info'): Log {
  return pino({
    name: service,
    level,
    redact: {
      paths: [
        '*.password',
        '*.secret',
        '*.token',
        '*.email',
        '*.authorization',
        '*.cookie',
        'password',
        'secret',
        'token',
        'email',
        'authorization',
        'cookie',
      ],
      censor: '[masked]',
    },
  })
}
