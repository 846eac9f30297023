// SPDX-License-Identifier: AGPL-3.0-only
// Says why the page does not start or stopped, in browsers too that cannot read its modules: so this
// is a classic script in the oldest JavaScript, and its words are its own.
(function () {
  var OLD = 'This browser is too old for Myrhiza; use a current Chromium, Firefox or Safari.';

  function say(text) {
    var problem = document.getElementById('problem');
    if (problem && problem.hasAttribute('hidden')) {
      problem.textContent = text;
      problem.removeAttribute('hidden');
      document.getElementById('status').textContent = 'Not running';
    }
  }

  window.addEventListener('error', function (event) {
    if (event.target && event.target.tagName === 'SCRIPT') {
      say('A part of the page did not load; check the connection and reload.');
    } else if (event.error instanceof SyntaxError) {
      say(OLD);
    } else if (event.message) {
      say('The page stopped (' + event.message + '); reload it, or use a current Chromium, Firefox or Safari.');
    }
  }, true);

  document.addEventListener('DOMContentLoaded', function () {
    if (!('noModule' in document.createElement('script'))) {
      say(OLD);
    }
  });
})();
