/** Owns: the hosts that mail may leave for, the one list of this program: typed one by one, saved at once. */
import { useEffect, useState } from 'react'
import { saveAllowedHosts } from '#renderer/flows/inboxRelease.ts'
import { useServices, type Services } from '#renderer/flows/services.ts'
import { wordsOf } from '#renderer/flows/transcripts.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './AllowedList.module.css'

/** `load` is a function of a flow, not one made anew at each draw. */
export function AllowedList({ load }: { load: (services: Services) => Promise<string[]> }) {
  const services = useServices()
  const [hosts, setHosts] = useState<readonly string[]>()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    let gone = false
    load(services).then(
      (found) => !gone && setHosts(found),
      (error: unknown) => !gone && setProblem(wordsOf(error)),
    )
    return () => {
      gone = true
    }
  }, [services, load])
  const save = async (next: readonly string[]) => {
    const answer = await saveAllowedHosts(services, next)
    setProblem(answer.ok ? undefined : answer.problem)
    if (answer.ok) setHosts(answer.hosts)
    return answer.ok
  }
  const add = async () => {
    const host = typed.trim()
    if (host !== '' && (await save([...(hosts ?? []), host]))) setTyped('')
  }
  return (
    <fieldset className={styles.list}>
      <legend>Allowed hosts</legend>
      <p className={styles.note}>
        {hosts?.length === 0
          ? 'None yet. Everything that is relayed is held until you allow its domain, or the host it goes to.'
          : 'Domains of recipients, or hosts that mail goes to. The same list that a release from the Inbox goes by.'}
      </p>
      {hosts !== undefined && hosts.length > 0 && (
        <div className={styles.hosts}>
          {hosts.map((host) => (
            <Chip
              key={host}
              mono
              onRemove={() => void save(hosts.filter((one) => one !== host))}
              removeLabel={`Allow ${host} no longer`}
            >
              {host}
            </Chip>
          ))}
        </div>
      )}
      <div className={styles.add}>
        <TextField
          label="Allow a host"
          hideLabel
          mono
          placeholder="gannet.example"
          value={typed}
          onChange={setTyped}
          error={problem}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            void add()
          }}
        />
        <Button isDisabled={typed.trim() === '' || hosts === undefined} onPress={() => void add()}>
          Allow
        </Button>
      </div>
    </fieldset>
  )
}
