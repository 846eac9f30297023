// SPDX-License-Identifier: AGPL-3.0-only
// What a person with weak eyes, a small screen or no pointer would stumble over, as a list of
// sentences. Reads computed styles and boxes only.

const LEAST_TEXT_CONTRAST = 4.5;
const LEAST_EDGE_CONTRAST = 3;
const LEAST_TARGET = 44;
const CONTROLS = 'button, input, select, textarea';

const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

// Any CSS colour as red, green, blue from 0 to 255 and alpha from 0 to 1.
function rgba(colour) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

function over(front, back) {
  return [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3])).concat(1);
}

function ground(element) {
  const layers = [];
  for (let at = element; at !== null; at = at.parentElement) {
    const layer = rgba(getComputedStyle(at).backgroundColor);
    layers.push(layer);
    if (layer[3] === 1) {
      break;
    }
  }
  const sheet = rgba(matchMedia('(prefers-color-scheme: dark)').matches ? '#000' : '#fff');
  return layers.reverse().reduce((below, layer) => over(layer, below), sheet);
}

function luminance(colour) {
  const [red, green, blue] = colour.slice(0, 3).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(front, back) {
  const [dark, light] = [luminance(over(front, back)), luminance(back)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function visible(element) {
  return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
}

function name(element) {
  const id = element.id ? `#${element.id}` : '';
  const text = (element.textContent ?? '').trim().slice(0, 30);
  return `${element.tagName.toLowerCase()}${id}.${element.className} "${text}"`;
}

function controls(within) {
  return [...within.querySelectorAll(CONTROLS)].filter((each) => visible(each) && !each.disabled);
}

function tooFaint(within) {
  const found = [];
  const least = (element, what, colour, back, ratio) => {
    const seen = contrast(rgba(colour), back);
    if (seen < ratio) {
      found.push(`${what} of ${name(element)} has a contrast of ${seen.toFixed(2)}`);
    }
  };
  const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  let count = 0;
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() !== '' && visible(element)) {
      count++;
      least(element, 'text', getComputedStyle(element).color, ground(element), LEAST_TEXT_CONTRAST);
    }
  }
  for (const element of within.querySelectorAll('input, select, textarea')) {
    if (visible(element)) {
      const style = getComputedStyle(element);
      least(element, 'text', style.color, ground(element), LEAST_TEXT_CONTRAST);
      least(element, 'border', style.borderTopColor, ground(element.parentElement), LEAST_EDGE_CONTRAST);
      if (element.placeholder) {
        const hint = getComputedStyle(element, '::placeholder');
        least(element, 'placeholder', hint.color, ground(element), LEAST_TEXT_CONTRAST);
      }
    }
  }
  return count === 0 ? ['no text was looked at'] : found;
}

function tooWide() {
  const found = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    found.push(`the page is ${document.documentElement.scrollWidth} wide on ${width}`);
  }
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect();
    if (visible(element) && (box.right > width + 0.5 || box.left < -0.5)) {
      found.push(`${name(element)} goes from ${box.left} to ${box.right} on ${width}`);
    }
  }
  return found;
}

function tooSmall(within) {
  return controls(within)
    .map((control) => [control, (control.closest('.flag') ?? control).getBoundingClientRect()])
    .filter(([, box]) => box.width < LEAST_TARGET || box.height < LEAST_TARGET)
    .map(([control, box]) => `${name(control)} is ${box.width} by ${box.height}`);
}

function unframed() {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const framed =
    style.outlineStyle !== 'none'
    && parseFloat(style.outlineWidth) >= 2
    && contrast(rgba(style.outlineColor), ground(element.parentElement)) >= LEAST_EDGE_CONTRAST;
  return framed ? [] : [`${name(element)} shows no focus`];
}

globalThis.looks = { tooFaint, tooWide, tooSmall, unframed, controls };
