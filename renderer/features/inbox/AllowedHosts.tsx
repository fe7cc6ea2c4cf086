/** Owns: the hosts that a kept message may be given to: typed one by one, none in the beginning. */
import { useState } from 'react'
import { saveAllowedHosts } from '#renderer/flows/inboxRelease.ts'
import { useServices } from '#renderer/flows/services.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Forms.module.css'

export interface AllowedHostsProps {
  hosts: readonly string[]
  /** After they were saved; `added` is a new one. */
  onHosts: (hosts: string[], added?: string) => void
}

export function AllowedHosts({ hosts, onHosts }: AllowedHostsProps) {
  const services = useServices()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string>()
  const save = async (next: readonly string[], added: boolean) => {
    const answer = await saveAllowedHosts(services, next)
    setProblem(answer.ok ? undefined : answer.problem)
    if (!answer.ok) return
    if (added) setTyped('')
    onHosts(answer.hosts, added ? answer.hosts.at(-1) : undefined)
  }
  const add = () => typed.trim() !== '' && void save([...hosts, typed.trim()], true)
  return (
    <fieldset className={styles.fieldset}>
      <legend>Allowed hosts</legend>
      {hosts.length === 0 ? (
        <p className={styles.small}>None yet. A message goes to no host that is not written here.</p>
      ) : (
        <div className={styles.hosts}>
          {hosts.map((host) => (
            <span key={host} className={styles.host}>
              {host}
              <IconButton
                icon="close"
                size="s"
                label={`Allow ${host} no longer`}
                onPress={() => void save(hosts.filter((one) => one !== host), false)} // prettier-ignore
              />
            </span>
          ))}
        </div>
      )}
      <div className={styles.add}>
        <TextField
          label="Allow a host"
          hideLabel
          mono
          placeholder="mail.example.com"
          value={typed}
          onChange={setTyped}
          error={problem}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <Button onPress={add} isDisabled={typed.trim() === ''}>
          Allow
        </Button>
      </div>
    </fieldset>
  )
}
