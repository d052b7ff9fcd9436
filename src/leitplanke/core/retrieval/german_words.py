"""Word lists for cutting German text into sentences."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations that never end a sentence: something must follow.
OPEN = _words(
    """
    abl abs absch abschn allg amtsbl anl anm anschl apr aufl aug ausschl banz bd bek bes beschl betr bez
    bgbl bspw buchst bundesgesetzbl bzgl bzw ca chr dez dgl dipl dr ebd ehem eigtl einschl entspr erg erl
    erstm ev evtl exkl fa fam feb febr fr frl gbl geb gem ggf ggfs gmbl griech gvbl halbs hl hrn hrsg hs ing
    inkl insb insbes jan jew jhg jul jun kap kath kfm kgl lat lfd lfm lit lt max mdl mind monatl
    mtl mär nov nr nrn okt ord phil pol prof rdschr red rgbl rn schriftl sept sog st staatl stellv
    stv techn teilw tel tgl ugs urspr urt verf versch verw vgl vorl vors wiss ziff zit zt zz zzgl öff
    """
)

# Abbreviations that may well stand at the end; the following word decides.
MAYBE = _words(
    """
    abb alt art co etc f ff gmbh kg mag min mio mrd mwst pkt s sek std stk str tab tsd uam usf usw
    """
)

# Abbreviations of several parts, written without their full stops ("z. B.").
DOTTED_OPEN = _words(
    """
    aao bzgl dh ebda eg ias idf idfv idr ie isd iv ivm iü mbh mw mwv nchr oa og oä so su ua uu uz uä va vchr vh
    vu zb zhd zt
    """
)

# Those among them that may stand at the end.
DOTTED_MAYBE = _words(
    """
    ev oä ua uam uä
    """
)

# Words after which a number or letter closes a reference ("nach Absatz 2.").
REFERENCE = _words(
    """
    abbildung abs absatz abschnitt absätze absätzen anlage anlagen art artikel artikeln artikels bis buchstabe
    buchstaben gruppe halbsatz kapitel klasse nr nrn nummer nummern oder satz seite stufe sätze sätzen tabelle
    teil typ und ziffer § §§
    """
)

# Months, for dates ("1. Januar").
MONTHS = _words(
    """
    april august dezember februar januar juli juni jänner mai märz november oktober september
    """
)

# Words that carry a capital only because a sentence begins with them.
STARTERS = _words(
    """
    aber absatz absätze alle allein allerdings alles als also am an andere andererseits anders artikel auch auf
    aufgrund aus ausgenommen ausnahmsweise außer außerdem bei beide beim bereits besonders bestehen besteht bis
    bitte da dabei dadurch dafür dagegen daher dahin damit danach daneben dann daran darauf daraus darf darin
    darum darunter darüber das dass davon davor dazu dem demnach den denn dennoch der deren derzeit des deshalb
    dessen deswegen die dies diese diesem diesen dieser dieses doch dort drittens durch eben ebenfalls ebenso
    ein eine einem einen einer einerseits eines einige entscheidend entsprechend entsprechendes er erfolgt
    ergibt erst erstens erstmals es etwa etwas ferner für ganz geben gegen gegenüber gehört generell gerade gibt
    gilt gleiches gleichzeitig haben hat hatte hier hierbei hierfür hierzu hinzu hätte ich ihm ihn ihnen ihr
    ihre ihrem ihren ihrer im immer in indem infolge innerhalb insbesondere insgesamt insoweit ist ja je jede
    jedem jeden jeder jedes jedoch jene jetzt kann kein keine keinem keinen keiner kommt können könnte künftig
    lediglich liegen liegt mal man manche mehr mehrere mein mit muss müssen nach nachdem natürlich neben nicht
    nichts nie niemand noch nun nur ob oben obwohl oder oft ohne satz schon sehr sein seine seinem seinen seiner
    seit seitdem selbst sie sieht sind so sobald sofern sofort solange solche soll sollen sollte sollten somit
    sondern sonst soweit sowie sowohl statt steht stellt trotz trotzdem um unberührt und uns unser unsere unter
    viele vielmehr vom von vor war waren warum was weder wegen weil weiter weitere weiterhin welche welcher
    welches wenn wer werden wesentlich wie wieder wir wird wo wobei wodurch wurde wurden während würde zu zudem
    zuletzt zum zunächst zur zuständig zusätzlich zuvor zwar zweitens zwischen über überdies übrigens
    """
)
