/** Owns: who may sign in. Passwords are written and never read back. */
import { useState } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { configureServer } from '#renderer/flows/server.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { Lost } from './Lost.tsx'
import styles from './Room.module.css'

interface NewUser {
  user: string
  password: string
}
const nobody: NewUser = { user: '', password: '' }

/** A known name gets the new password. */
function problemsOf({ user, password }: NewUser): Partial<NewUser> {
  return {
    ...(user.trim() === ''
      ? { user: 'The name is empty. Write the name that the application will give.' }
      : {}),
    ...(password === '' ? { password: 'The password is empty. Nobody could sign in.' } : {}),
  }
}

function AddUser({ users }: { users: readonly string[] }) {
  const services = useServices()
  const [draft, set] = useState(nobody)
  const [tried, setTried] = useState(false)
  const problems = tried ? problemsOf(draft) : {}
  const known = users.includes(draft.user.trim())
  const add = async () => {
    setTried(true)
    if (Object.keys(problemsOf(draft)).length > 0) return
    const user = draft.user.trim()
    const others = users.filter((name) => name !== user).map((name) => ({ user: name }))
    if (await configureServer(services, { users: [...others, { user, password: draft.password }] })) {
      set(nobody)
      setTried(false)
    }
  }
  return (
    <div className={styles.addUser}>
      <TextField
        label="Name"
        value={draft.user}
        onChange={(user) => set({ ...draft, user })}
        error={problems.user}
        onKeyDown={(event) => event.key === 'Enter' && void add()}
      />
      <PasswordField
        label="Password"
        value={draft.password}
        onChange={(password) => set({ ...draft, password })}
        error={problems.password}
        onKeyDown={(event) => event.key === 'Enter' && void add()}
      />
      <Button onPress={() => void add()}>{known ? 'Change password' : 'Add user'}</Button>
    </div>
  )
}

export interface UsersProps {
  users: readonly string[]
  /** Those without a password until a new one is given. */
  lost?: readonly string[] | undefined
}

export function Users({ users, lost = [] }: UsersProps) {
  const services = useServices()
  const remove = (gone: string) =>
    configureServer(services, { users: users.filter((name) => name !== gone).map((user) => ({ user })) })
  return (
    <section className={styles.section} aria-labelledby="users">
      <div className={styles.sectionHead}>
        <h2 id="users">Users</h2>
        <span className={styles.quiet}>
          {users.length === 0
            ? 'none: any name and any password are accepted'
            : 'only these, and only with their password'}
        </span>
      </div>
      {users.length > 0 && (
        <ul className={styles.users}>
          {users.map((user) => (
            <li key={user}>
              <span className="mono">{user}</span>
              {lost.includes(user) ? (
                <Lost>its password is gone since the program ended: give a new one below</Lost>
              ) : (
                <span className={styles.quiet}>password saved, not shown</span>
              )}
              <IconButton icon="trash" label={`Remove ${user}`} size="s" onPress={() => void remove(user)} />
            </li>
          ))}
        </ul>
      )}
      <AddUser users={users} />
    </section>
  )
}
