/** Owns: everything the palette can do: act on the current dialogue, go somewhere, change the theme. */
import { useMemo } from 'react'
import { act } from '../flows/dialogue.ts'
import { pauseRelay } from '../flows/relaySettings.ts'
import { openReplay } from '../flows/replay.ts'
import { testHost } from '../flows/probe.ts'
import { goTo } from '../flows/route.ts'
import { useServices, useTranscripts, useView, type Services } from '../flows/services.ts'
import { copyForTicket, openShare } from '../flows/share.ts'
import { wordsOf } from '../flows/transcripts.ts'
import { clockTime } from '../model/measures.ts'
import type { Command } from '../model/palette.ts'
import { knownHosts } from '../model/probeHistory.ts'
import { sessionName } from '../model/sessionList.ts'
import type { IconName } from '../ui/Icon.tsx'
import { sources } from '../ui/SourceIcon.tsx'
import { commandKey } from './platform.ts'
import { rooms } from './rooms.tsx'

export type PageCommand = Command<IconName>

/** What could not be done is said at the place where the dialogue stands. */
async function told(services: Services, work: Promise<string | undefined>): Promise<void> {
  const words = await work.catch(wordsOf)
  if (words) services.stores.view.getState().set({ notice: words })
}

function dialogueCommands(services: Services, session: string): PageCommand[] {
  const { summaries, gates } = services.stores.transcripts.getState()
  if (!summaries[session]) return []
  const group = 'This dialogue'
  const send = (action: Parameters<typeof act>[2]) => () =>
    void told(services, act(services, session, action))
  const gate = gates[session]
  const on: PageCommand = { id: 'run', group, icon: 'run', title: 'Run on', note: 'unpause until the next stop', keyHint: 'F5', run: send({ type: 'run' }) } // prettier-ignore
  const held: PageCommand[] = gate?.held
    ? [
        { id: 'step', group, icon: 'step', title: 'Step to the next line', note: 'unpause for one line', keyHint: 'F10', run: send({ type: 'step' }) },
        on,
        { id: 'skip', group, icon: 'right', title: 'Skip this line', note: 'it is never sent', run: send({ type: 'skip' }) },
      ] // prettier-ignore
    : gate?.mode === 'step'
      ? [on]
      : []
  const live: PageCommand[] = gate
    ? [
        gate.held
          ? { id: 'finish', group, icon: 'stop', title: 'Finish politely', note: 'QUIT as soon as the protocol allows', keyHint: 'Shift F5', run: send({ type: 'finish' }) }
          : { id: 'pause', group, icon: 'pause', title: 'Pause before the next line', keyHint: 'Shift F5', run: send({ type: 'pause' }) },
        { id: 'drop', group, icon: 'unplug', title: 'Drop the connection', note: 'as if the network failed', run: send({ type: 'drop' }) },
      ] // prettier-ignore
    : []
  const leave: PageCommand[] = [
    { id: 'share', group, icon: 'export', title: 'Share this dialogue', note: 'export as a file, a picture or a command, redacted', run: () => openShare(services, session) },
    { id: 'ticket', group, icon: 'copy', title: 'Copy for a ticket', note: 'hidden as chosen last', keyHint: 'C', run: () => void copyForTicket(services, session) },
  ] // prettier-ignore
  const compare: PageCommand = { id: 'compare', group, icon: 'dialogue', title: 'Compare with another dialogue', note: 'diff, step by step', run: () => services.stores.compare.getState().set({ picking: session }) } // prettier-ignore
  const replay: PageCommand = { id: 'replay', group, icon: 'again', title: 'Replay this dialogue', note: 'to a server, or for a client', run: () => void openReplay(services, session) } // prettier-ignore
  return [...held, ...live, ...(summaries[session].state === 'ended' ? [replay] : []), compare, ...leave]
}

function themeCommands({ stores }: Services): PageCommand[] {
  const choose = (theme: 'light' | 'dark' | 'system') => () => stores.settings.getState().change({ theme })
  const group = 'Look'
  return [
    { id: 'theme-light', group, icon: 'theme', title: 'Light theme', run: choose('light') },
    { id: 'theme-dark', group, icon: 'theme', title: 'Dark theme', run: choose('dark') },
    { id: 'theme-system', group, icon: 'theme', title: 'Theme of the system', run: choose('system') },
    {
      id: 'keys',
      group,
      icon: 'info',
      title: 'Keys',
      keyHint: '?',
      run: () => stores.view.getState().set({ keysOpen: true }),
    },
  ]
}

/** Hosts that are known already: those of earlier tests, and those that dialogues went to. */
function testCommands(services: Services): PageCommand[] {
  const { summaries, order } = services.stores.transcripts.getState()
  const went = order.slice(0, offered).flatMap((id) => {
    const { role, source, host } = summaries[id]!
    return role === 'client' && source !== 'import' ? [host] : []
  })
  const group = 'Compare'
  return knownHosts(services.stores.probe.getState().summaries, went).map((host) => ({
    id: `test-${host}`,
    group,
    icon: 'compare',
    title: `Compare ports of ${host}`,
    note: 'tests it now',
    run: () => void testHost(services, host),
  }))
}

/** What can be done to the relay from anywhere. */
function relayCommands(services: Services): PageCommand[] {
  const { relay } = services.stores
  const group = 'Relay'
  const paused = relay.getState().status?.settings.paused
  const open = (asks: Parameters<ReturnType<typeof relay.getState>['set']>[0]) => () => {
    goTo({ room: 'relay', id: '' })
    relay.getState().set(asks)
  }
  const hold: PageCommand[] =
    paused === undefined
      ? []
      : [
          paused
            ? { id: 'relay-resume', group, icon: 'run', title: 'Resume the queue', run: () => void pauseRelay(services, false) }
            : { id: 'relay-hold', group, icon: 'pause', title: 'Hold the queue', note: 'mail is still taken', run: () => void pauseRelay(services, true) },
        ] // prettier-ignore
  return [
    { id: 'relay-text', group, icon: 'import', title: 'Paste a relay configuration', note: 'PowerMTA’s notation', run: open({ asks: { what: 'text' } }) },
    { id: 'relay-why', group, icon: 'relay', title: 'Why may this relay?', note: 'try an attempt', run: open({ view: 'why' }) },
    { id: 'relay-goes', group, icon: 'shield', title: 'Where relayed mail goes', run: open({ asks: { what: 'delivery' } }) },
    ...hold,
  ] // prettier-ignore
}

/** Newest dialogues offered at most. */
const offered = 200

/** Built only while the palette is open. */
export function useCommands(): PageCommand[] {
  const services = useServices()
  const route = useView((view) => view.route)
  const order = useTranscripts((transcripts) => transcripts.order)
  const gate = useTranscripts((transcripts) => transcripts.gates[route.id])
  return useMemo(() => {
    const { summaries } = services.stores.transcripts.getState()
    const here = route.room === 'dialogue' && (gate || route.id) ? dialogueCommands(services, route.id) : []
    const toRooms = rooms.map(({ id, name, icon }, place): PageCommand => ({
      id: `room-${id}`,
      group: 'Go to',
      icon,
      title: name,
      keyHint: `${commandKey()} ${place + 1}`,
      run: () => goTo({ room: id, id: '' }),
    }))
    const toDialogues = order.slice(0, offered).map((id): PageCommand => {
      const summary = summaries[id]!
      const { name, port } = sessionName(summary)
      const note = `${summary.words}, ${clockTime(summary.startedAt)}`
      const go = () => goTo({ room: 'dialogue', id })
      return { id, group: 'Dialogues', icon: sources[summary.source].icon, title: name + port, note, run: go }
    })
    const paste: PageCommand = {
      id: 'paste',
      group: 'Dialogues',
      icon: 'import',
      title: 'Paste or open a dialogue',
      note: 'import swaks, openssl, telnet, Postfix and other logs',
      run: () => {
        goTo({ room: 'dialogue', id: '' })
        services.stores.view.getState().set({ pasting: '' })
      },
    }
    return [
      ...here,
      paste,
      ...toRooms,
      ...relayCommands(services),
      ...testCommands(services),
      ...themeCommands(services),
      ...toDialogues,
    ]
  }, [services, route, order, gate])
}
