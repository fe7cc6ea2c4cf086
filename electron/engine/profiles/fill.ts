/**
 * Owns: filling in a request what a profile has kept for it. A kept password goes to the host and for the user that it
 * was kept for, and to nobody else: changing the host in the form must not carry it to another server.
 */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { Message } from '#shared/rpc/contract/message.ts'
import type { DialoguePlan } from '#shared/rpc/contract/dialogue.ts'
import type { Profiles, ProfileSecrets } from './profiles.ts'

export type Filled<T> = { ok: true; value: T } | { ok: false; problems: FieldProblem[] }
type Secretive = Pick<Profiles, 'secretsOf'>

const sameHost = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** The plan with the secrets of its profile where it has none of its own; the plan itself when it names none. */
export async function fillPlan(plan: DialoguePlan, profiles: Secretive): Promise<Filled<DialoguePlan>> {
  if (plan.profile === undefined) return { ok: true, value: plan }
  const kept = await profiles.secretsOf(plan.profile)
  if (kept === null) return { ok: false, problems: [unknown(plan.profile)] }
  const { auth, target } = plan
  const withholds = passwordWithheld(plan, kept)
  if (withholds !== null) return { ok: false, problems: [withholds] }
  const certificate = target.clientCertificate
  const message = plan.message === undefined ? undefined : signedBy(plan.message, kept)
  return {
    ok: true,
    value: {
      ...plan,
      auth: takesPassword(plan) && kept.password ? { ...auth, password: kept.password.value } : auth,
      ...(certificate === undefined
        ? {}
        : { target: { ...target, clientCertificate: withKey(certificate, kept) } }),
      ...(message === undefined ? {} : { message }),
    },
  }
}

/** The message with the kept key where it is to be signed and has no key of its own. */
export const signedBy = (message: Message, { dkimKey }: ProfileSecrets): Message =>
  message.dkim === undefined || message.dkim.privateKey !== '' || dkimKey === undefined
    ? message
    : { ...message, dkim: { ...message.dkim, privateKey: dkimKey } }

type Certificate = NonNullable<DialoguePlan['target']['clientCertificate']>

/** A key and its passphrase belong together: a key that is given brings its own. */
function withKey(certificate: Certificate, { clientKey, passphrase }: ProfileSecrets): Certificate {
  if (certificate.key !== '' || clientKey === undefined) return certificate
  const phrase = certificate.passphrase ?? passphrase
  return { ...certificate, key: clientKey, ...(phrase === undefined ? {} : { passphrase: phrase }) }
}

const takesPassword = ({ auth }: DialoguePlan): boolean =>
  auth.password === '' && auth.mechanism !== 'none' && auth.mechanism !== 'external'

function passwordWithheld(plan: DialoguePlan, { password }: ProfileSecrets): FieldProblem | null {
  if (password === undefined || !takesPassword(plan)) return null
  const { host, user } = password
  if (sameHost(host, plan.target.host) && user === plan.auth.user) return null
  const whose = user === '' ? host : `${user} at ${host}`
  return {
    field: 'auth.password',
    value: '',
    message: `The kept password is for ${whose} and goes nowhere else. Type the one for here, or set mechanism to None.`,
  }
}

const unknown = (id: string): FieldProblem => ({
  field: 'profile',
  value: id,
  message: 'This profile is gone, its secrets too. Type the password, or choose another profile.',
})
