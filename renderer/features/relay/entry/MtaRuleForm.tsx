/** Owns: the form of a rule that gives a message to a virtual MTA: by sender, recipient or a header field. */
import { useState } from 'react'
import { placeChoices } from '#renderer/model/relayEntries.ts'
import type { VirtualMtaRule } from '#shared/relay/policy.ts'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import type { Problems } from '#renderer/model/relayDrafts.ts'
import styles from '../Dialogs.module.css'
import { EntryFrame, type EntryProps } from './EntryFrame.tsx'
import { MtaSelect } from './MtaSelect.tsx'

const choices: readonly { value: VirtualMtaRule['of']; label: string }[] = [
  { value: 'mail-from', label: 'Sender' },
  { value: 'rcpt-to', label: 'Recipient' },
  { value: 'header', label: 'Header field' },
]

function problemsOf({ of, field = '', pattern, virtualMta }: VirtualMtaRule): Problems {
  const found: Problems = {}
  if (pattern.trim() === '') found['pattern'] = 'The pattern is empty. Write news@shop.example or /@shop\\.example$/.' // prettier-ignore
  if (of === 'header' && !/^[!-9;-~]{1,76}$/u.test(field.trim())) found['field'] = 'The name of the field is empty or no field name. Write X-Campaign.' // prettier-ignore
  if (virtualMta === '') found['virtualMta'] = 'No virtual MTA is chosen.'
  return found
}

export function MtaRuleForm(props: EntryProps) {
  const { policy, place } = props
  const first = policy.virtualMtas[0]?.name ?? ''
  const [entry, setEntry] = useState<VirtualMtaRule>(
    () => policy.virtualMtaRules[place] ?? { of: 'mail-from', pattern: '', virtualMta: first },
  )
  const places = placeChoices(policy, place)
  const [to, setTo] = useState(() => (place < 0 ? places.length - 1 : place))
  const [tried, setTried] = useState(false)
  const problems = problemsOf(entry)
  const shown = tried ? problems : {}
  const made = (): VirtualMtaRule => ({
    ...entry,
    field: entry.of === 'header' ? entry.field?.trim() : undefined,
    pattern: entry.pattern.trim(),
  })
  return (
    <EntryFrame
      {...props}
      kind="virtualMtaRules"
      onAttempt={() => setTried(true)}
      make={() => ({ entry: made(), wrong: Object.keys(problems).length > 0, to })}
    >
      {(refused) => (
        <>
          <Segmented
            label="Goes by the"
            value={entry.of}
            options={choices}
            onChange={(of) => setEntry({ ...entry, of })}
          />
          <div className={styles.fields}>
            {entry.of === 'header' && (
              <TextField
                label="Field"
                mono
                placeholder="X-Campaign"
                value={entry.field ?? ''}
                onChange={(field) => setEntry({ ...entry, field })}
                error={shown['field'] ?? refused['field']}
              />
            )}
            <TextField
              label="Address or pattern"
              mono
              // eslint-disable-next-line jsx-a11y/no-autofocus -- the one field that has to be filled in
              autoFocus
              value={entry.pattern}
              onChange={(pattern) => setEntry({ ...entry, pattern })}
              error={shown['pattern'] ?? refused['pattern']}
              hint="A pattern stands between slashes."
            />
            <MtaSelect
              policy={policy}
              value={entry.virtualMta}
              onChange={(virtualMta) => setEntry({ ...entry, virtualMta })}
              error={shown['virtualMta'] ?? refused['virtualMta']}
            />
            {places.length > 1 && (
              <Select
                label="Looked at"
                value={String(to)}
                options={places}
                onChange={(next) => setTo(Number(next))}
                hint="The first rule that matches decides."
              />
            )}
          </div>
        </>
      )}
    </EntryFrame>
  )
}
