/** Owns: the form of an address that mail without a virtual MTA leaves from, with the name said from there. */
import { useState } from 'react'
import { readHosts } from '#renderer/model/relayDrafts.ts'
import { Wrong } from '#shared/relay/notation/values.ts'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from '../Dialogs.module.css'
import { EntryFrame, type EntryProps } from './EntryFrame.tsx'

export function SourceHostForm(props: EntryProps) {
  const before = props.policy.sourceHosts[props.place]
  const [address, setAddress] = useState(before?.address ?? '')
  const [name, setName] = useState(before?.name ?? '')
  const [tried, setTried] = useState(false)
  const pair = `${address.trim()} ${name.trim()}`
  const read = readHosts(pair)
  const wrong = read instanceof Wrong || read.length !== 1
  const words = read instanceof Wrong ? `“${pair.trim().slice(0, 60)}” ${read.words}.` : undefined
  return (
    <EntryFrame
      {...props}
      kind="sourceHosts"
      onAttempt={() => setTried(true)}
      make={() => ({ entry: { address: address.trim(), name: name.trim() }, wrong })}
    >
      {(refused) => (
        <>
          <div className={styles.pair}>
            <TextField
              label="Address"
              mono
              // eslint-disable-next-line jsx-a11y/no-autofocus -- the first field of a form that a person asked for
              autoFocus
              placeholder="192.0.2.4"
              value={address}
              onChange={setAddress}
              error={
                (tried && wrong
                  ? (words ?? 'Write an address of this computer, as 192.0.2.4.')
                  : undefined) ?? refused['address']
              }
            />
            <TextField
              label="Name said in EHLO"
              mono
              placeholder="mail.shop.example"
              value={name}
              onChange={setName}
              invalid={tried && wrong}
            />
          </div>
        </>
      )}
    </EntryFrame>
  )
}
