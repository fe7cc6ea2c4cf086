/** Owns: the form of how mail to one domain goes on, for mail without a virtual MTA. */
import { useState } from 'react'
import { domainDraft, domainOf } from '#renderer/model/relayDrafts.ts'
import { DomainFields } from './DomainFields.tsx'
import { EntryFrame, type EntryProps } from './EntryFrame.tsx'

export function DomainForm(props: EntryProps) {
  const [draft, setDraft] = useState(() => domainDraft(props.policy.domains[props.place]))
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const { entry, problems } = domainOf(draft)
  const user = draft.smarthostUser.trim()
  return (
    <EntryFrame
      {...props}
      kind="domains"
      wide
      onAttempt={() => setTried(true)}
      make={() => ({
        entry,
        ...(password === '' || user === '' ? {} : { secrets: { [`smarthost ${user}`]: password } }),
        wrong: Object.keys(problems).length > 0,
      })}
    >
      {(refused) => (
        <DomainFields
          first
          draft={draft}
          problems={tried ? { ...refused, ...problems } : refused}
          password={password}
          onPassword={setPassword}
          change={(part) => setDraft({ ...draft, ...part })}
        />
      )}
    </EntryFrame>
  )
}
