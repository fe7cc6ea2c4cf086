/** Owns: the whole page over the fake engine, for pictures. The query says which scene and theme. */
import { createRoot } from 'react-dom/client'
import { App } from '#renderer/app/App.tsx'
import { ServicesProvider } from '#renderer/app/services.tsx'
import { createStores } from '#renderer/stores/index.ts'
import '#renderer/ui/styles/index.css'
import { FakeEngine } from '../page/fakeEngine.ts'
import { relayHandlers } from './relay.ts'
import { memoryStorage } from '../page/render.tsx'
import {
  accepted,
  badCertificate,
  caught,
  endless,
  held,
  heldGate,
  refused,
  unreachable,
} from '../page/scenes.ts'

const query = new URLSearchParams(location.search)
const all = [
  held(),
  accepted(),
  refused(),
  unreachable(),
  badCertificate(),
  caught(),
  endless(Number(query.get('n') ?? 3000)),
]
const sessions = query.has('empty') ? [] : all
const engine = new FakeEngine({
  handlers: query.has('relay') ? relayHandlers() : {},
  sessions,
  gates: { held: heldGate() },
  ports: query.has('empty') ? [] : [2525, 2587, 2465],
})
const stores = createStores(memoryStorage())
const theme = query.get('theme')
if (theme === 'light' || theme === 'dark') stores.settings.getState().change({ theme })
const services = { client: engine.client, stores }
// For the script that takes the pictures.
Object.assign(window, { engine, stores })

createRoot(document.querySelector('#root')!).render(
  <ServicesProvider services={services}>
    <App />
  </ServicesProvider>,
)
