"""The script that Streamlit runs anew for every reader and every click.

It lies apart from the folder of the pages: a folder `pages` beside the script is taken by Streamlit for a menu of its
own, which the first reader would see who comes by a page's address.
"""

from ui.web.app import main

main()
