// Start of day and reconciliation: close, load, look, sign off; and the calendars that open and close the market.
import { $, call, element, fill, grouped, left, row, submit, tell } from '/console-api.js';

export async function showDay() {
  const day = await call('/v1/start-of-day');
  $('gate').textContent = day.closed ? 'market closed' : 'market open';
  $('gate').className = 'chip ' + (day.closed ? 'bad' : 'good');
  $('fact-day').textContent = String(day.tradingDate || '–').replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
  if (!$('day-date').value) $('day-date').value = new Date().toISOString().slice(0, 10);
  const signed = Boolean(day.day && day.day.signedBy && !day.closed);
  const loaded = Boolean(day.day && day.files.length > 0 && day.missing.length === 0);
  steps([['market closed', signed || day.closed], ['files loaded', signed || loaded], ['signed off', signed]]);
  fill('files', [
    ...day.files.map(item => row([left(item.label), ...[item.loaded.rows, item.loaded.loaded].map(grouped),
      { text: item.loaded.quarantined, style: item.loaded.quarantined ? 'warn' : '' },
      { text: item.loaded.remaining, style: item.loaded.remaining ? 'bad' : '' }])),
    ...day.missing.map(label => row([left(label), { text: 'missing', style: 'bad' }, '', '', ''])),
    ...day.unreconciled.map(label => row([left(label), { text: 'differs', style: 'bad' }, '', '', ''], 'differs ' + label))]);
  const { last } = await call('/v1/reconciliation');
  fill('reconciliation', last.map(one => row([left(one.label), one.ours, one.theirs,
    { text: one.differences, style: one.differences ? 'bad' : 'good' }, one.sequence])));
}

/** Every calendar's phase, and the days ahead of the chosen one, in its own time zone. */
export async function showCalendars() {
  const { items } = await call('/v1/calendars');
  const zoneOf = new Map(items.map(item => [item.name, item.calendar.zone]));
  const at = (time, zone) => (time ? clock(time, zone, { weekday: 'short', day: 'numeric', month: 'short' }) + ' ' + zone : '–');
  fill('calendars', items.map(({ name, calendar, state, since, refused, nextState, next }) => row([left(name),
    left(calendar.symbols.join(' ') || 'all others'),
    Object.keys(refused).length ? { text: 'kept back: ' + Object.entries(refused).map(([symbol, reason]) => `${symbol}, ${reason}`).join('; '), style: 'text bad' } : left(words(state)), left(at(since, calendar.zone)),
    left(words(nextState)), left(at(next, calendar.zone))])));
  const choice = $('calendar');
  const names = [...zoneOf.keys()];
  if ([...choice.options].map(option => option.value).join() !== names.join()) {
    const before = choice.value;
    choice.replaceChildren(...names.map(name => new Option(name, name)));
    if (zoneOf.has(before)) choice.value = before;
  }
  choice.closest('h3').hidden = $('calendar-days').hidden = names.length === 0;
  const days = choice.value ? (await call(`/v1/calendars/${choice.value}/days`)).items : [];
  fill('calendar-days', days.map(day => row([left(`${day.date} ${day.weekday.slice(0, 3)}`),
    left(day.phases.map(phase => `${clock(phase.at, zoneOf.get(choice.value))} ${words(phase.state)}`).join(', ') || 'no trading'),
    left(day.name)], choice.value + day.date)));
}

const words = text => String(text ?? '–').replaceAll('_', ' ');

const clock = (time, zone, date = {}) =>
  new Date(time).toLocaleString('en-GB', { ...date, hour: '2-digit', minute: '2-digit', timeZone: zone });

function steps(all) {
  const current = all.findIndex(([, done]) => !done);
  $('day-steps').replaceChildren(...all.map(([name, done], index) => {
    const made = element('li', name, done ? 'done' : '');
    if (index === current) made.setAttribute('aria-current', 'step');
    return made;
  }));
}

function showReport(report) {
  const box = $('load-report');
  const title = element('h3', `${report.kind}.${report.source}: ${report.rows} rows, ` +
    (report.validated ? 'nothing changed' : report.loaded + ' loaded'));
  const list = element('ul');
  report.totals.forEach(total => list.append(element('li', `${total.by}: file ${total.file}, loaded ${total.loaded}, quarantined ${total.quarantined}`)));
  report.quarantined.slice(0, 20).forEach(item => list.append(element('li', `line ${item.line}, ${item.key}: ${item.reason}`, 'warn')));
  report.differences.slice(0, 20).forEach(item => list.append(element('li', `${item.key}: ${item.ours || 'new'} → ${item.theirs}`)));
  box.append(title, list);
}

export function startDay() {
  submit('day-open', 'day-result', async () => {
    const day = await call('/v1/start-of-day', 'POST', { date: $('day-date').value,
      expected: $('day-expected').value.split(/[\s,]+/).filter(Boolean), reason: $('day-open-reason').value });
    await showDay();
    return `the market is closed, the day is ${day.tradingDate}`;
  });
  submit('day-load', 'day-result', async () => {
    const files = [...$('day-files').files];
    const bar = $('day-progress');
    $('load-report').replaceChildren();
    bar.hidden = false;
    bar.max = files.length;
    try {
      for (let i = 0; i < files.length; i++) {
        bar.value = i;
        showReport(await call(`/v1/start-of-day/files?validate=${$('day-validate').checked}&name=${encodeURIComponent(files[i].name)}`,
          'POST', await files[i].arrayBuffer(), 'text/csv'));
      }
    } catch (problem) {
      const list = element('ul');
      (problem.errors || []).slice(0, 50).forEach(error => list.append(element('li', error, 'bad')));
      $('load-report').append(list);
      throw problem;
    } finally { bar.hidden = true; await showDay(); }
    return files.length + ' file' + (files.length === 1 ? '' : 's') + ($('day-validate').checked ? ' checked' : ' loaded');
  });
  submit('day-sign', 'day-result', async () => {
    await call('/v1/start-of-day/sign-off', 'POST', { acceptQuarantine: $('day-accept').checked, reason: $('day-reason').value });
    await showDay();
    return 'signed off: the market is open';
  });
}
