/** Owns: the form of a source: a network, and what holds for its clients; what is not said, a wider source may say. */
import { useState } from 'react'
import { meant, said, sourceFlags, type Said, type SourceFlag } from '#renderer/model/relayDrafts.ts'
import type { RelaySource } from '#shared/relay/policy.ts'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from '../Dialogs.module.css'
import { EntryFrame, type EntryProps } from './EntryFrame.tsx'
import { MtaSelect } from './MtaSelect.tsx'

const choices = [
  { value: 'unsaid', label: 'Not said' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
] as const

const emptyWords = 'The address is empty. Write 10.0.5.20, a network as 10.0.0.0/8, or 0/0 for everybody.'

export function SourceForm(props: EntryProps) {
  const [entry, setEntry] = useState<RelaySource>(() => props.policy.sources[props.place] ?? { match: '' })
  const [tried, setTried] = useState(false)
  const wrong = entry.match.trim() === ''
  const set = (flag: SourceFlag, value: Said) => setEntry({ ...entry, [flag]: meant(value) })
  return (
    <EntryFrame
      {...props}
      kind="sources"
      wide
      onAttempt={() => setTried(true)}
      make={() => ({ entry: { ...entry, match: entry.match.trim() }, wrong })}
    >
      {(refused) => (
        <>
          <div className={styles.pair}>
            <TextField
              label="Clients from"
              mono
              // eslint-disable-next-line jsx-a11y/no-autofocus -- the one field that has to be filled in
              autoFocus
              value={entry.match}
              onChange={(match) => setEntry({ ...entry, match })}
              error={tried && wrong ? emptyWords : refused['match']}
              hint="An address, a network, or 0/0: everybody."
            />
            <MtaSelect
              policy={props.policy}
              label="Their mail goes by"
              none="no virtual MTA"
              value={entry.virtualMta ?? ''}
              onChange={(mta) => setEntry({ ...entry, virtualMta: mta === '' ? undefined : mta })}
            />
          </div>
          <div className={styles.flags}>
            {sourceFlags.map(({ flag, label, hint }) => (
              <div key={flag} className={styles.flag}>
                <div aria-hidden="true">
                  {label}
                  <span>{hint}</span>
                </div>
                <Segmented
                  label={label}
                  hideLabel
                  size="s"
                  value={said(entry[flag])}
                  options={choices}
                  onChange={(value) => set(flag, value)}
                />
              </div>
            ))}
          </div>
        </>
      )}
    </EntryFrame>
  )
}
