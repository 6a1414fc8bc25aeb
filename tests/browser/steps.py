"""What people of the newsroom do in the browser, step by step; each by mouse, or by keyboard and typing alone."""

from playwright.sync_api import Page, expect

SELECT = """words => {
  const root = document.querySelector('[data-blocks]');
  const nodes = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let text = '';
  for (let node; (node = walker.nextNode());) {
    if (node.parentElement.closest('[data-decoration]')) continue;
    nodes.push([node, text.length]);
    text += node.data;
  }
  const at = text.indexOf(words);
  const find = place => {
    const [node, start] = nodes.findLast(([, start]) => start <= place);
    return [node, place - start];
  };
  const range = document.createRange();
  range.setStart(...find(at));
  range.setEnd(...find(at + words.length - 1));
  range.setEnd(range.endContainer, range.endOffset + 1);
  const first = range.getClientRects()[0], rects = range.getClientRects(), last = rects[rects.length - 1];
  range.startContainer.parentElement.scrollIntoView({block: 'center'});
  const again = range.getClientRects();
  return [again[0].left + 1, again[0].top + again[0].height / 2,
          again[again.length - 1].right - 1, again[again.length - 1].top + again[again.length - 1].height / 2];
}"""


def log_in(page: Page, base: str, username: str, password: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"{base}/desk/")


def log_out(page: Page, base: str) -> None:
    page.context.clear_cookies()


def take_in(page: Page, base: str, *, title: str, body: str, publisher: str = "Example Herald") -> None:
    page.goto(f"{base}/desk/articles/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=False).first.fill(body)
    page.get_by_label("Publisher").fill(publisher)
    page.get_by_role("button", name="Put it on the desk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def drag_over(page: Page, words: str) -> None:
    """Select words with the mouse, from their first to their last letter."""
    left, top, right, bottom = page.evaluate(SELECT, words)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=4)
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()


def mark_selected(page: Page, words: str, *, wording: str, claimant: str, said_on: str = "2020-10-05") -> None:
    drag_over(page, words)
    page.get_by_role("button", name="New claim").click()
    expect(page.get_by_label("Words in the article")).to_have_value(words)
    _word(page, wording, claimant, said_on)
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text=wording)).to_be_visible()


def mark_typed(page: Page, words: str, *, wording: str, claimant: str, said_on: str = "2020-10-05") -> None:
    """The same without selecting any text, by keyboard alone."""
    page.locator("#marking > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(words)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(wording)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(claimant)
    page.get_by_role("button", name="Mark this claim").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".card", has_text=wording)).to_be_visible()


def _word(page: Page, wording: str, claimant: str, said_on: str) -> None:
    page.get_by_label("Wording").fill(wording)
    page.get_by_label("Who claims it").fill(claimant)
    page.get_by_label("Said on").fill(said_on)


def judge(page: Page, wording: str, *, rating: str, summary: str, rationale: str, source: str) -> None:
    """From the claim's card to the submission."""
    page.locator(".card", has_text=wording).locator("summary").click()
    page.get_by_role("link", name="Judge it").click()
    page.get_by_role("radio", name=rating).first.check()
    page.get_by_label("Summary").fill(summary)
    page.get_by_label("Rationale", exact=True).fill(rationale)
    page.get_by_role("button", name="Save the draft").click()
    cite(page, source)
    # What the checklist warns of is answered.
    for answer in page.locator(".checklist textarea").all():
        answer.fill("It cannot be found out.")
    page.get_by_role("button", name="Hand it in for review").click()
    expect(page.locator(".crumbs")).to_contain_text("Submission 1")


def cite(page: Page, source: str, *, stance: str = "supports") -> None:
    form = page.locator("#citations details form")
    form.get_by_label("Address").fill(f"https://sources.example/{source.replace(' ', '-')}")
    form.get_by_label("Title").fill(source)
    form.get_by_label("Kind").select_option("official")
    form.get_by_label(stance, exact=True).check()
    form.get_by_label("Words quoted").fill("as it stands there")
    form.get_by_role("button", name="Cite it").click()
    expect(page.locator("#citations ol")).to_contain_text(source)


def approve(page: Page, base: str, wording: str) -> None:
    page.goto(f"{base}/desk/")
    page.get_by_role("link", name=wording).first.click()
    page.get_by_label("Approve").check()
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator(".notice")).to_contain_text("Approved by")


def publish(page: Page, base: str, wording: str) -> None:
    page.goto(f"{base}/desk/")
    page.get_by_role("link", name=wording).first.click()
    page.get_by_role("link", name="Publish…").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(wording)
