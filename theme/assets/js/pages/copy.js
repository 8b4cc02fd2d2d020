// Copies a text that also stands on the page to be selected by hand, and hands a link on by way of the system, where that can:
// without scripts there is no button.
(function () {
  "use strict";
  function select(node) {
    var range = document.createRange();
    range.selectNodeContents(node);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }
  // The day of citing is the visitor's; the address is this page's, where the site does not know its own.
  function complete(source) {
    var day = source.getAttribute("data-day");
    var text = source.textContent;
    if (!day || text.indexOf(day) < 0) return;
    var now = new Date();
    var today = [now.getFullYear(), ("0" + (now.getMonth() + 1)).slice(-2), ("0" + now.getDate()).slice(-2)].join("-");
    if (/^https?:$/.test(location.protocol) && text.slice(-day.length - 1) === day + ".") {
      text += " " + location.href.split(/[?#]/)[0] + ".";
    }
    source.textContent = text.replace(day, "[" + today + "]");
  }
  // The link where the site does not know its own address: as the visitor has it.
  function fill(source) {
    if (!source.textContent) source.textContent = new URL(source.getAttribute("data-link"), location).href.split(/[?#]/)[0];
  }
  function prepare(button) {
    var source = document.getElementById(button.getAttribute("data-copy"));
    if (source.hasAttribute("data-link")) fill(source);
    else complete(source);
    var said = button.parentNode.querySelector("[role=status]");
    function say(how) { said.textContent = button.getAttribute("data-" + how); }
    function byHand() {
      select(source);
      var copied = false;
      try { copied = document.execCommand("copy"); } catch (refused) { /* the text stays selected */ }
      say(copied ? "done" : "manual");
    }
    button.hidden = false;
    button.addEventListener("click", function () {
      said.textContent = "";
      if (!navigator.clipboard) return byHand();
      navigator.clipboard.writeText(source.textContent).then(function () { say("done"); }, byHand);
    });
  }
  var buttons = document.querySelectorAll("[data-copy]");
  for (var i = 0; i < buttons.length; i += 1) prepare(buttons[i]);

  var share = document.querySelector("[data-share]");
  var link = share && document.getElementById(share.getAttribute("data-share")).textContent;
  if (!share || !navigator.share || !/^https?:/.test(link)) return; // a file of this machine is nobody else's
  share.hidden = false;
  share.addEventListener("click", function () {
    navigator.share({ title: share.getAttribute("data-title"), url: link }).catch(function (failed) {
      if (failed.name !== "AbortError") share.parentNode.querySelector("[data-copy]").click(); // who closed the sheet wanted that
    });
  });
})();
