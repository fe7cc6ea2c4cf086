/** Owns: bearer tokens for XOAUTH2 and OAUTHBEARER. They are written and never read back. */
import { useState } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { configureServer } from '#renderer/flows/server.ts'
import {
  checkToken,
  tokenEndChoices,
  tokenEndWords,
  withoutToken,
  withToken,
  type NewToken,
  type Tokens as TokenList,
} from '#renderer/model/tokens.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { Lost } from './Lost.tsx'
import styles from './Room.module.css'

const nothing: NewToken = { user: '', token: '', end: 'never' }

function AddToken({ tokens }: { tokens: TokenList }) {
  const services = useServices()
  const [draft, set] = useState(nothing)
  const [tried, setTried] = useState(false)
  const problems = tried ? checkToken(draft) : {}
  const add = async () => {
    setTried(true)
    if (Object.keys(checkToken(draft)).length > 0) return
    if (await configureServer(services, { tokens: withToken(tokens, draft, Date.now()) })) {
      set(nothing)
      setTried(false)
    }
  }
  return (
    <div className={styles.addToken}>
      <TextField
        label="User of the token"
        value={draft.user}
        onChange={(user) => set({ ...draft, user })}
        error={problems.user}
        onKeyDown={(event) => event.key === 'Enter' && void add()}
      />
      <PasswordField
        label="Token"
        value={draft.token}
        onChange={(token) => set({ ...draft, token })}
        error={problems.token}
        onKeyDown={(event) => event.key === 'Enter' && void add()}
      />
      <Select
        label="Right"
        value={draft.end}
        options={tokenEndChoices}
        onChange={(end) => set({ ...draft, end })}
      />
      <Button onPress={() => void add()}>Add token</Button>
    </div>
  )
}

export interface TokensProps {
  tokens: TokenList
  /** Where there is neither a token nor a user, any token is right. */
  users: readonly string[]
}

export function Tokens({ tokens, users }: TokensProps) {
  const services = useServices()
  const [now] = useState(Date.now)
  return (
    <section className={styles.section} aria-labelledby="tokens">
      <div className={styles.sectionHead}>
        <h2 id="tokens">Tokens</h2>
        <span className={styles.quiet}>
          {tokens.length > 0
            ? 'for XOAUTH2 and OAUTHBEARER: only these'
            : users.length === 0
              ? 'none: any token is accepted with XOAUTH2 and OAUTHBEARER'
              : 'none: nobody signs in with XOAUTH2 or OAUTHBEARER'}
        </span>
      </div>
      {tokens.length > 0 && (
        <ul className={styles.users}>
          {tokens.map(({ user, expiresAt, lost }, place) => (
            <li key={`${user} ${place}`}>
              <span className="mono">{user}</span>
              {lost ? (
                <Lost>gone since the program ended: take it out, and add it again</Lost>
              ) : (
                <span className={styles.quiet}>token saved, not shown; {tokenEndWords(expiresAt, now)}</span>
              )}
              <IconButton
                icon="trash"
                label={`Remove token ${place + 1}, of ${user}`}
                size="s"
                onPress={() => void configureServer(services, { tokens: withoutToken(tokens, place) })}
              />
            </li>
          ))}
        </ul>
      )}
      <AddToken tokens={tokens} />
    </section>
  )
}
