/** Owns: making a key that signs test messages. The key stays in the page's memory, what is to be published in the form. */
import type { Draft } from '../model/compose.ts'
import { problemsByField } from '../model/composeFields.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

const kindOf = {
  'rsa-2048': { kind: 'rsa', bits: 2048 },
  'rsa-1024': { kind: 'rsa', bits: 1024 },
  ed25519: { kind: 'ed25519' },
} as const satisfies Record<Draft['dkimKind'], object>

/** What is wrong stands at the field. */
export async function makeDkimKey({ client, stores }: Services): Promise<void> {
  const { draft, setSecrets, forgetProblem } = stores.compose.getState()
  const put = (words: string) =>
    stores.compose.setState(({ problems }) => ({ problems: { ...problems, dkim: words } }))
  forgetProblem('dkim')
  try {
    const { dkimDomain, dkimSelector, dkimKind } = draft
    const answer = await client.call('dkim.make', {
      domain: dkimDomain.trim(),
      selector: dkimSelector.trim(),
      ...kindOf[dkimKind],
    })
    if (!answer.ok) {
      const found = problemsByField(answer.problems)
      return put(found.dkim ?? found.form ?? answer.problems.map(({ message }) => message).join(' '))
    }
    const { name, value } = answer.record
    setSecrets({ dkimKey: answer.privateKey })
    const { draft: now, change } = stores.compose.getState()
    change({ ...now, dkimRecord: { name, value } })
  } catch (error) {
    put(`No key was made. ${wordsOf(error)}`)
  }
}
