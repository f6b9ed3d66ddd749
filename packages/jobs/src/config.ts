import { z } from 'zod'

const Config = z
  .object({
    JOBS_URL: z
      .string('JOBS_URL is missing')
      .regex(/^(postgres(ql)?|rediss?):\/\//, 'JOBS_URL must begin with postgres:// or redis://'),
  })
  .transform(({ JOBS_URL }) => Object.freeze({ jobsUrl: JOBS_URL }))

/** The settings of the operator's command line; throws one sentence that names what is wrong. */
export function readConfig(): Readonly<{ jobsUrl: string }> {
  const read = Config.safeParse(process.env)
  if (!read.success) throw new Error(read.error.issues.map(({ message }) => message).join('; '))
  return read.data
}
