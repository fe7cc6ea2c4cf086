/** Owns: the form of a virtual MTA: its name, the addresses it sends from, and how its mail goes on, domain by domain. */
import { useState } from 'react'
import { domainDraft, mtaDraft, mtaOf, type DomainDraft, type Problems } from '#renderer/model/relayDrafts.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { TextArea } from '#renderer/ui/TextArea.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from '../Dialogs.module.css'
import { DomainFields } from './DomainFields.tsx'
import { EntryFrame, type EntryProps } from './EntryFrame.tsx'

/** Problems of the domain at `place`, by its own fields. */
const within = (problems: Problems, place: number): Problems =>
  Object.fromEntries(
    Object.entries(problems)
      .filter(([field]) => field.startsWith(`${place}.`))
      .map(([field, words]) => [field.slice(`${place}.`.length), words]),
  )

/** What the engine says of one of the addresses: they are written in one field. */
const refusedHost = (refused: Problems): string | undefined =>
  Object.entries(refused).find(([field]) => field.startsWith('sourceHosts['))?.[1]

function secretsOf(domains: readonly DomainDraft[], passwords: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    domains.flatMap(({ smarthostUser }, place) => {
      const [user, password] = [smarthostUser.trim(), passwords[place] ?? '']
      return user === '' || password === '' ? [] : [[`smarthost ${user}`, password]]
    }),
  )
}

function useMta(props: EntryProps) {
  const [draft, setDraft] = useState(() => mtaDraft(props.policy.virtualMtas[props.place]))
  const [passwords, setPasswords] = useState<readonly string[]>([])
  return {
    draft,
    passwords,
    change: (part: Partial<typeof draft>) => setDraft({ ...draft, ...part }),
    changeDomain: (place: number, part: Partial<DomainDraft>) =>
      setDraft({ ...draft, domains: draft.domains.map((one, at) => (at === place ? { ...one, ...part } : one)) }),
    setPassword: (place: number, password: string) =>
      setPasswords(draft.domains.map((_one, at) => (at === place ? password : (passwords[at] ?? '')))),
    takeOut: (place: number) => {
      setDraft({ ...draft, domains: draft.domains.filter((_one, at) => at !== place) })
      setPasswords(passwords.filter((_one, at) => at !== place))
    },
  }
} // prettier-ignore

export function MtaForm(props: EntryProps) {
  const { draft, passwords, change, changeDomain, setPassword, takeOut } = useMta(props)
  const [tried, setTried] = useState(false)
  const { entry, problems } = mtaOf(draft)
  const shown = tried ? problems : {}
  const secrets = secretsOf(draft.domains, passwords)
  return (
    <EntryFrame
      {...props}
      kind="virtualMtas"
      wide
      onAttempt={() => setTried(true)}
      make={() => ({
        entry,
        ...(Object.keys(secrets).length > 0 ? { secrets } : {}),
        wrong: Object.keys(problems).length > 0,
      })}
    >
      {(refused) => (
        <>
          <TextField
            label="Name"
            mono
            // eslint-disable-next-line jsx-a11y/no-autofocus -- the first field of a form that a person asked for
            autoFocus
            placeholder="mta1"
            value={draft.name}
            onChange={(name) => change({ name })}
            error={shown['name'] ?? refused['name']}
          />
          <TextArea
            label="Sends from"
            mono
            rows={2}
            placeholder="192.0.2.4 mta1.shop.example"
            value={draft.hosts}
            onChange={(hosts) => change({ hosts })}
            error={shown['hosts'] ?? refusedHost(refused)}
            hint="An address of this computer and the name said in EHLO, one pair to a line. Empty: the relay’s own."
          />
          {draft.domains.map((domain, place) => (
            <section
              key={place}
              className={styles.domain}
              aria-label={`Mail to ${domain.domain || 'a domain'}`}
            >
              <DomainFields
                draft={domain}
                problems={within(shown, place)}
                password={passwords[place] ?? ''}
                onPassword={(password) => setPassword(place, password)}
                change={(part) => changeDomain(place, part)}
              />
              <div>
                <Button tone="quiet" icon="trash" onPress={() => takeOut(place)}>
                  Take this domain out
                </Button>
              </div>
            </section>
          ))}
          <div>
            <Button icon="plus" onPress={() => change({ domains: [...draft.domains, domainDraft()] })}>
              Add a domain
            </Button>
          </div>
        </>
      )}
    </EntryFrame>
  )
}
